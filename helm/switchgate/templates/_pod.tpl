{{- /*
Without a number an autoscaler says it. But one that has just been enabled has not said any yet, and the number that was applied
before would fall back to 1, and all pods but one with it. Helm 4 applies at the server: the number stays until somebody else
has set it, whose it is then. Helm 3 compares with what it applied before: whatever runs has to be applied again each time.
*/ -}}
{{- define "switchgate.replicas" -}}
{{- if not (or .Values.autoscaling.enabled .Values.keda.enabled) -}}
replicas: {{ .Values.replicas }}
{{- else -}}
{{- $running := lookup "apps/v1" "Deployment" .Release.Namespace (include "switchgate.fullname" .) -}}
{{- $atServer := false -}}
{{- $scaled := false -}}
{{- range dig "metadata" "managedFields" list $running -}}
{{- $applied := and (hasPrefix "helm" .manager) (eq .operation "Apply") -}}
{{- if $applied }}{{ $atServer = true }}{{ end -}}
{{- if and (hasKey (dig "fieldsV1" "f:spec" dict .) "f:replicas") (not $applied) }}{{ $scaled = true }}{{ end -}}
{{- end -}}
{{- if and $running (not (and $atServer $scaled)) -}}
replicas: {{ $running.spec.replicas }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "switchgate.env" -}}
{{- with include "switchgate.managementHosts" . }}
- name: SWITCHGATE_MANAGEMENT_HOSTS
  value: {{ . }}
{{- end }}
{{- with .Values.javaToolOptions }}
- name: JAVA_TOOL_OPTIONS
  value: {{ . | quote }}
{{- end }}
{{- if .Values.tls.existingSecret }}
- name: SERVER_SSL_BUNDLE
  value: clients
- name: SPRING_SSL_BUNDLE_PEM_CLIENTS_KEYSTORE_CERTIFICATE
  value: /app/tls/tls.crt
- name: SPRING_SSL_BUNDLE_PEM_CLIENTS_KEYSTORE_PRIVATEKEY
  value: /app/tls/tls.key
- name: SPRING_SSL_BUNDLE_PEM_CLIENTS_RELOADONUPDATE
  value: "true"
{{- if eq "HTTP" (include "switchgate.managementScheme" .) }}
- name: MANAGEMENT_SERVER_SSL_ENABLED
  value: "false"
{{- end }}
{{- end }}
{{- if .Values.deletionCost.enabled }}
- name: SWITCHGATE_KUBERNETES_DELETIONCOST
  value: "true"
- name: SWITCHGATE_KUBERNETES_DELETIONCOSTINTERVAL
  value: {{ .Values.deletionCost.interval | quote }}
- name: SWITCHGATE_KUBERNETES_POD
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
- name: SWITCHGATE_KUBERNETES_NAMESPACE
  valueFrom:
    fieldRef:
      fieldPath: metadata.namespace
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "switchgate.volumeMounts" -}}
# A directory: single files of a ConfigMap (subPath) never change in a pod that runs.
- name: config
  mountPath: /app/config
  readOnly: true
- name: tmp
  mountPath: /tmp
{{- if .Values.tls.existingSecret }}
- name: tls
  mountPath: /app/tls
  readOnly: true
{{- end }}
{{- if .Values.deletionCost.enabled }}
- name: token
  mountPath: /var/run/secrets/kubernetes.io/serviceaccount
  readOnly: true
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "switchgate.volumes" -}}
- name: config
  configMap:
    name: {{ include "switchgate.fullname" . }}
- name: tmp
  emptyDir:
    sizeLimit: 256Mi
{{- with .Values.tls.existingSecret }}
- name: tls
  secret:
    secretName: {{ . }}
    defaultMode: 0440
{{- end }}
{{- if .Values.deletionCost.enabled }}
- name: token
  projected:
    defaultMode: 0440
    sources:
      - serviceAccountToken:
          path: token
          expirationSeconds: 3600
      - configMap:
          name: kube-root-ca.crt
          items:
            - key: ca.crt
              path: ca.crt
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- /* Takes root, path and probe. */ -}}
{{- define "switchgate.probe" -}}
{{- $httpGet := dict "path" (printf "%s/health/%s" (include "switchgate.managementPath" .root) .path) "port" "management" -}}
{{- if eq "HTTPS" (include "switchgate.managementScheme" .root) }}{{ $_ := set $httpGet "scheme" "HTTPS" }}{{ end -}}
{{- toYaml (merge (dict "httpGet" $httpGet) (.probe | default dict)) -}}
{{- end -}}

{{- define "switchgate.topologySpread" -}}
{{- range .Values.topologySpreadConstraints }}
{{- $constraint := deepCopy . }}
{{- if not (hasKey . "labelSelector") }}
{{- $_ := set $constraint "labelSelector" (dict "matchLabels" (include "switchgate.selectorLabels" $ | fromYaml)) }}
{{- $_ := set $constraint "matchLabelKeys" (list "pod-template-hash") }}
{{- end }}
- {{ toYaml $constraint | nindent 2 | trim }}
{{- end }}
{{- end -}}
