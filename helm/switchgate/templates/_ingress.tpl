{{- /*
Annotations that long connections need. Upgrades pass through all four controllers by themselves, but for F5's, which is told of
the Service. Nothing is there for Traefik: after an upgrade it has no timeout. HAProxy Technologies' controller waits for an hour
unless its own ConfigMap says otherwise; the annotation is that of the other one for HAProxy.
*/ -}}
{{- define "switchgate.ingressAnnotations" -}}
{{- $idle := .Values.ingress.idleSeconds -}}
{{- $tls := include "switchgate.clientTls" . -}}
{{- $service := include "switchgate.fullname" . -}}
{{- if eq .Values.ingress.controller "nginx" }}
nginx.ingress.kubernetes.io/proxy-read-timeout: {{ $idle | quote }}
nginx.ingress.kubernetes.io/proxy-send-timeout: {{ $idle | quote }}
nginx.org/proxy-read-timeout: {{ printf "%vs" $idle | quote }}
nginx.org/proxy-send-timeout: {{ printf "%vs" $idle | quote }}
nginx.org/websocket-services: {{ $service }}
{{- if $tls }}
nginx.ingress.kubernetes.io/backend-protocol: HTTPS
nginx.org/ssl-services: {{ $service }}
{{- end }}
{{- else if eq .Values.ingress.controller "haproxy" }}
haproxy-ingress.github.io/timeout-tunnel: {{ printf "%vs" $idle | quote }}
{{- if $tls }}
haproxy-ingress.github.io/secure-backends: "true"
haproxy.org/server-ssl: "true"
{{- end }}
{{- else if eq .Values.ingress.controller "alb" }}
alb.ingress.kubernetes.io/load-balancer-attributes: {{ printf "idle_timeout.timeout_seconds=%v" $idle | quote }}
# As long as the pod may take to stop, and at most what is allowed: the load balancer cuts what is open then.
alb.ingress.kubernetes.io/target-group-attributes: {{ printf "deregistration_delay.timeout_seconds=%d" (min 3600 (include "switchgate.grace" . | int64)) | quote }}
alb.ingress.kubernetes.io/target-type: ip
alb.ingress.kubernetes.io/healthcheck-port: {{ include "switchgate.managementPort" . | quote }}
alb.ingress.kubernetes.io/healthcheck-path: {{ printf "%s/health/readiness" (include "switchgate.managementPath" .) | quote }}
alb.ingress.kubernetes.io/healthcheck-protocol: {{ include "switchgate.managementScheme" . }}
{{- if $tls }}
alb.ingress.kubernetes.io/backend-protocol: HTTPS
{{- end }}
{{- end -}}
{{- end -}}
