{{- /* Names and labels. */ -}}

{{- define "switchgate.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 63 | trimAll "-" -}}
{{- end -}}

{{- /* 52 characters, so that the longest suffix fits into the 63 of a Service. */ -}}
{{- define "switchgate.fullname" -}}
{{- $name := include "switchgate.name" . -}}
{{- $both := ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) -}}
{{- .Values.fullnameOverride | default $both | trunc 52 | trimAll "-" -}}
{{- end -}}

{{- define "switchgate.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (ternary (include "switchgate.fullname" .) "default" .Values.serviceAccount.create) -}}
{{- end -}}

{{- define "switchgate.image" -}}
{{- with .Values.image -}}
{{- .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag | default $.Chart.AppVersion }}{{ end -}}
{{- end -}}
{{- end -}}

{{- define "switchgate.selectorLabels" -}}
app.kubernetes.io/name: {{ include "switchgate.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: gateway
{{- end -}}

{{- /* Labels of objects; those of the chart win, so that no value breaks a selector. */ -}}
{{- define "switchgate.labels" -}}
{{- $own := include "switchgate.selectorLabels" . | fromYaml -}}
{{- $_ := set $own "app.kubernetes.io/version" (.Chart.AppVersion | replace "+" "_" | trunc 63) -}}
{{- $_ := set $own "app.kubernetes.io/managed-by" .Release.Service -}}
{{- $_ := set $own "helm.sh/chart" (printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63) -}}
{{- toYaml (merge $own (deepCopy (.Values.commonLabels | default dict))) -}}
{{- end -}}

{{- /* Without those of the chart's version, which would replace every pod for nothing. */ -}}
{{- define "switchgate.podLabels" -}}
{{- $own := include "switchgate.selectorLabels" . | fromYaml -}}
{{- toYaml (merge $own (deepCopy (.Values.podLabels | default dict)) (deepCopy (.Values.commonLabels | default dict))) -}}
{{- end -}}

{{- /* No selector of the gateway's fits them. */ -}}
{{- define "switchgate.testLabels" -}}
app.kubernetes.io/name: {{ include "switchgate.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: test
{{- end -}}
