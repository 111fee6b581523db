{{- /* What the schema cannot say. Each sentence names the value, what it is, and what is expected. */ -}}

{{- define "switchgate.check" -}}
{{- include "switchgate.checkStop" . -}}
{{- include "switchgate.checkPorts" . -}}
{{- include "switchgate.checkSecrets" . -}}
{{- include "switchgate.checkEnv" . -}}
{{- include "switchgate.checkScaling" . -}}
{{- include "switchgate.checkBudget" . -}}
{{- include "switchgate.checkMonitoring" . -}}
{{- include "switchgate.checkNetwork" . -}}
{{- end -}}

{{- define "switchgate.checkStop" -}}
{{- $given := .Values.terminationGracePeriodSeconds -}}
{{- $times := include "switchgate.stopTimes" . | fromJson -}}
{{- if and (not (kindIs "invalid" $given)) (lt (int64 $given) (int64 $times.sum)) -}}
{{- fail (printf "terminationGracePeriodSeconds: %v (expected: at least %v, which is preStopSeconds %v, %v for the drain and %v for requests under way)" $given $times.sum $times.preStop $times.drain $times.requests) -}}
{{- end -}}
{{- end -}}

{{- define "switchgate.checkPorts" -}}
{{- $management := include "switchgate.managementPort" . -}}
{{- if eq $management (include "switchgate.clientPort" .) -}}
{{- fail (printf "config: management.server.port: %s (expected: another one than server.port, which clients reach)" $management) -}}
{{- end -}}
{{- if and .Values.tls.existingSecret (include "switchgate.ssl" (dict "properties" (include "switchgate.properties" . | fromJson) "prefix" "server.ssl.")) -}}
{{- fail (printf "tls.existingSecret: %s (expected: none, since config has server.ssl)" .Values.tls.existingSecret) -}}
{{- end -}}
{{- end -}}

{{- /* true if it looks like a secret that is written out, else empty. Takes name and value. */ -}}
{{- define "switchgate.looksSecret" -}}
{{- $text := .value | toString -}}
{{- $named := regexMatch "(?i)(password|passwd|passphrase|secret|token|api[-_]?key|access[-_]?key|authorization)(\\[\\d+\\])?$" .name -}}
{{- $written := regexMatch "(?i)://[^/@:]*:[^/@]+@|-----BEGIN [A-Z ]*PRIVATE KEY|^(add|set)requestheader(ifnotpresent)?=\\s*(authorization|cookie|proxy-authorization|x-api-key)\\s*," $text -}}
{{- if and .value (not (kindIs "bool" .value)) (or $named $written) (not (contains "${" $text)) }}true{{ end -}}
{{- end -}}

{{- define "switchgate.checkSecrets" -}}
{{- range $_, $property := include "switchgate.allProperties" . | fromJson -}}
{{- if include "switchgate.looksSecret" $property -}}
{{- fail (printf "config: %s: (hidden) (expected: a placeholder as in ${NAME}, whose value comes from a Secret by extraEnv or extraEnvFrom)" $property.name) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "switchgate.checkEnv" -}}
{{- $elsewhere := dict "JAVA_TOOL_OPTIONS" "javaToolOptions" -}}
{{- range list "switchgate.drain.time" "switchgate.drain.grace" "switchgate.tunnel.close-wait" "switchgate.tunnel.close-timeout" "spring.lifecycle.timeout-per-shutdown-phase" "server.port" "management.server.port" "switchgate.management.hosts" -}}
{{- $_ := set $elsewhere (. | replace "-" "" | replace "." "_" | upper) (printf "config: %s, which the chart reads" .) -}}
{{- end -}}
{{- range .Values.extraEnv -}}
{{- if hasKey $elsewhere .name -}}
{{- fail (printf "extraEnv: %s (expected: %s)" .name (get $elsewhere .name)) -}}
{{- end -}}
{{- if include "switchgate.looksSecret" (dict "name" .name "value" (.value | default "")) -}}
{{- fail (printf "extraEnv: %s: value: (hidden) (expected: valueFrom.secretKeyRef)" .name) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "switchgate.checkScaling" -}}
{{- with .Values.autoscaling -}}
{{- if and .enabled $.Values.keda.enabled -}}
{{- fail "autoscaling.enabled, keda.enabled: both true (expected: one of them, since both would say how many pods there are)" -}}
{{- end -}}
{{- if and (or .enabled $.Values.keda.enabled) (gt (int .minReplicas) (int .maxReplicas)) -}}
{{- fail (printf "autoscaling.minReplicas: %v (expected: at most maxReplicas, which is %v)" .minReplicas .maxReplicas) -}}
{{- end -}}
{{- if and .enabled (not .tunnels) (not .memory) -}}
{{- fail "autoscaling.tunnels, autoscaling.memory: both 0 (expected: a target for one of them)" -}}
{{- end -}}
{{- end -}}
{{- if and .Values.keda.enabled (not .Values.keda.serverAddress) -}}
{{- fail "keda.serverAddress: empty (expected: the address of Prometheus, as in http://prometheus.monitoring:9090)" -}}
{{- end -}}
{{- if and .Values.deletionCost.enabled (not .Values.serviceAccount.create) (not .Values.serviceAccount.name) -}}
{{- fail "deletionCost.enabled: true (expected: a ServiceAccount of its own, by serviceAccount.create or .name, or every pod of the namespace might patch pods)" -}}
{{- end -}}
{{- end -}}

{{- define "switchgate.checkBudget" -}}
{{- with .Values.podDisruptionBudget -}}
{{- $scaled := or $.Values.autoscaling.enabled $.Values.keda.enabled -}}
{{- $pods := ternary $.Values.autoscaling.minReplicas $.Values.replicas $scaled -}}
{{- $name := ternary "autoscaling.minReplicas" "replicas" $scaled -}}
{{- if and .enabled (kindIs "invalid" .minAvailable) (regexMatch "^0+%?$" (toString .maxUnavailable)) -}}
{{- fail (printf "podDisruptionBudget.maxUnavailable: %v (expected: at least 1, or no node could be emptied)" .maxUnavailable) -}}
{{- end -}}
{{- if and .enabled (not (kindIs "invalid" .minAvailable)) -}}
{{- if or (eq "100%" (toString .minAvailable)) (and (not (contains "%" (toString .minAvailable))) (ge (int .minAvailable) (int $pods))) -}}
{{- fail (printf "podDisruptionBudget.minAvailable: %v (expected: less than %s, which is %v, or no node could be emptied)" .minAvailable $name $pods) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "switchgate.checkMonitoring" -}}
{{- if and .Values.serviceMonitor.enabled .Values.podMonitor.enabled -}}
{{- fail "serviceMonitor.enabled, podMonitor.enabled: both true (expected: one of them, or every series would be there twice)" -}}
{{- end -}}
{{- $alerts := include "switchgate.alerts" . | fromJsonArray -}}
{{- range .Values.prometheusRule.disabledAlerts -}}
{{- if not (has . $alerts) -}}
{{- fail (printf "prometheusRule.disabledAlerts: %s (expected: one of %s)" . (join ", " $alerts)) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "switchgate.checkNetwork" -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.hosts) -}}
{{- fail "ingress.hosts: empty (expected: at least one host with a path)" -}}
{{- end -}}
{{- if and .Values.ingress.enabled (eq .Values.ingress.controller "alb") (gt (int .Values.ingress.idleSeconds) 4000) -}}
{{- fail (printf "ingress.idleSeconds: %v (expected: at most 4000, which is the most that an ALB waits)" .Values.ingress.idleSeconds) -}}
{{- end -}}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) -}}
{{- fail "httpRoute.parentRefs: empty (expected: at least one Gateway)" -}}
{{- end -}}
{{- with .Values.networkPolicy -}}
{{- if and .enabled .egress.enabled (not .egress.rules) -}}
{{- fail "networkPolicy.egress.rules: empty (expected: at least one rule, or no upstream could be reached)" -}}
{{- end -}}
{{- end -}}
{{- end -}}
