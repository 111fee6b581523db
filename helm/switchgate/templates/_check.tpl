{{- /* What the schema cannot say. Each sentence names the value, what it is, and what is expected. */ -}}

{{- define "switchgate.check" -}}
{{- include "switchgate.checkStop" . -}}
{{- include "switchgate.checkSecrets" . -}}
{{- end -}}

{{- define "switchgate.checkStop" -}}
{{- $given := .Values.terminationGracePeriodSeconds -}}
{{- if not (kindIs "invalid" $given) -}}
{{- $times := include "switchgate.stopTimes" . | fromJson -}}
{{- if lt (int64 $given) (int64 $times.sum) -}}
{{- fail (printf "terminationGracePeriodSeconds: %v (expected: at least %v, which is preStopSeconds %v, %v for the drain and %v for requests under way)" $given $times.sum $times.preStop $times.drain $times.requests) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "switchgate.checkSecrets" -}}
{{- end -}}
