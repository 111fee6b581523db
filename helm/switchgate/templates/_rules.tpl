{{- /* The project's rules without the alerts that are disabled, and with alertLabels. */ -}}
{{- define "switchgate.rules" -}}
{{- $groups := list -}}
{{- range (.Files.Get "files/rules.yml" | fromYaml).groups -}}
{{- $rules := list -}}
{{- range .rules -}}
{{- if not (hasKey . "alert") -}}
{{- $rules = append $rules . -}}
{{- else if not (has .alert $.Values.prometheusRule.disabledAlerts) -}}
{{- $_ := set . "labels" (merge (deepCopy ($.Values.prometheusRule.alertLabels | default dict)) (.labels | default dict)) -}}
{{- $rules = append $rules . -}}
{{- end -}}
{{- end -}}
{{- $groups = append $groups (set . "rules" $rules) -}}
{{- end -}}
{{- toYaml (dict "groups" $groups) -}}
{{- end -}}

{{- define "switchgate.alerts" -}}
{{- $alerts := list -}}
{{- range (.Files.Get "files/rules.yml" | fromYaml).groups -}}
{{- range .rules -}}
{{- if hasKey . "alert" }}{{ $alerts = append $alerts .alert }}{{ end -}}
{{- end -}}
{{- end -}}
{{- toJson $alerts -}}
{{- end -}}
