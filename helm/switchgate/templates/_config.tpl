{{- /*
What the chart has to know of the application's configuration. Spring takes close-wait, closeWait and CLOSE_WAIT for one name,
and a.b.c for nested maps, so the map is flattened first, into names in lower case without hyphens and underscores.
*/ -}}

{{- define "switchgate.flatten" -}}
{{- if and (kindIs "map" .value) .value -}}
{{- range $key, $child := .value -}}
{{- $name := ternary $key (printf "%s.%s" $.name $key) (eq $.name "") -}}
{{- include "switchgate.flatten" (dict "into" $.into "lists" $.lists "name" $name "value" $child) -}}
{{- end -}}
{{- else if and (kindIs "slice" .value) .value -}}
{{- range $i, $child := ternary .value list .lists -}}
{{- include "switchgate.flatten" (dict "into" $.into "lists" true "name" (printf "%s[%d]" $.name $i) "value" $child) -}}
{{- end -}}
{{- else -}}
{{- $_ := set .into (.name | lower | replace "-" "" | replace "_" "") (dict "name" .name "value" .value) -}}
{{- end -}}
{{- end -}}

{{- /* All properties as JSON: flat name to name as written and value. */ -}}
{{- define "switchgate.allProperties" -}}
{{- $into := dict -}}
{{- include "switchgate.flatten" (dict "into" $into "lists" true "name" "" "value" .Values.config) -}}
{{- toJson $into -}}
{{- end -}}

{{- /* The same without lists, which may be thousands of routes. */ -}}
{{- define "switchgate.properties" -}}
{{- $into := dict -}}
{{- include "switchgate.flatten" (dict "into" $into "lists" false "name" "" "value" .Values.config) -}}
{{- toJson $into -}}
{{- end -}}

{{- /* One property as text. Takes properties, name and default. */ -}}
{{- define "switchgate.property" -}}
{{- $found := get .properties .name -}}
{{- if $found -}}
{{- $value := get $found "value" -}}
{{- ternary $value (toJson $value) (kindIs "string" $value) -}}
{{- else -}}
{{- .default -}}
{{- end -}}
{{- end -}}

{{- /* Milliseconds of a property that Spring takes for a Duration. Takes properties, name and default. */ -}}
{{- define "switchgate.millis" -}}
{{- $text := include "switchgate.property" . -}}
{{- $iso := "^[pP](?:(\\d+)[dD])?(?:[tT](?:(\\d+)[hH])?(?:(\\d+)[mM])?(?:(\\d+)(?:\\.\\d+)?[sS])?)?$" -}}
{{- if regexMatch "^\\d+([nuNU][sS])$" $text -}}
1
{{- else if regexMatch "^\\d+([mM][sS])?$" $text -}}
{{- regexFind "\\d+" $text -}}
{{- else if regexMatch "^\\d+[smhdSMHD]$" $text -}}
{{- $unit := index (dict "s" 1000 "m" 60000 "h" 3600000 "d" 86400000) (regexFind "[smhd]" (lower $text)) -}}
{{- mul (regexFind "\\d+" $text | int64) $unit -}}
{{- else if and (regexMatch $iso $text) (regexMatch "\\d[dDhHmMsS]$" $text) -}}
{{- $days := regexReplaceAll $iso $text "${1}" | default "0" | int64 -}}
{{- $hours := regexReplaceAll $iso $text "${2}" | default "0" | int64 -}}
{{- $minutes := regexReplaceAll $iso $text "${3}" | default "0" | int64 -}}
{{- $seconds := regexReplaceAll $iso $text "${4}" | default "0" | int64 -}}
{{- $rest := ternary 1 0 (contains "." $text) -}}
{{- mul 1000 (add (mul 86400 $days) (mul 3600 $hours) (mul 60 $minutes) $seconds $rest) -}}
{{- else -}}
{{- $name := get (get .properties .name) "name" -}}
{{- fail (printf "config: %s: %s (expected: a time as in 20s, 500ms, 1m or PT20S, of which the chart makes terminationGracePeriodSeconds)" $name $text) -}}
{{- end -}}
{{- end -}}

{{- /* Seconds that a pod needs at most to stop, as JSON: each part and their sum. See src/docs/drain.md. */ -}}
{{- define "switchgate.stopTimes" -}}
{{- $properties := include "switchgate.properties" . | fromJson -}}
{{- $time := include "switchgate.millis" (dict "properties" $properties "name" "switchgate.drain.time" "default" "20s") | int64 -}}
{{- $grace := include "switchgate.millis" (dict "properties" $properties "name" "switchgate.drain.grace" "default" "5s") | int64 -}}
{{- $wait := include "switchgate.millis" (dict "properties" $properties "name" "switchgate.tunnel.closewait" "default" "3s") | int64 -}}
{{- $timeout := include "switchgate.millis" (dict "properties" $properties "name" "switchgate.tunnel.closetimeout" "default" "1s") | int64 -}}
{{- $phase := include "switchgate.millis" (dict "properties" $properties "name" "spring.lifecycle.timeoutpershutdownphase" "default" "30s") | int64 -}}
{{- $drain := div (add $time $grace (mul 3 $wait) $timeout 999) 1000 -}}
{{- $requests := div (add $phase 999) 1000 -}}
{{- $preStop := int64 .Values.preStopSeconds -}}
{{- toJson (dict "preStop" $preStop "drain" $drain "requests" $requests "sum" (add $preStop $drain $requests)) -}}
{{- end -}}

{{- define "switchgate.grace" -}}
{{- if kindIs "invalid" .Values.terminationGracePeriodSeconds -}}
{{- get (include "switchgate.stopTimes" . | fromJson) "sum" -}}
{{- else -}}
{{- .Values.terminationGracePeriodSeconds -}}
{{- end -}}
{{- end -}}

{{- /* Takes properties, name and default. */ -}}
{{- define "switchgate.port" -}}
{{- $text := include "switchgate.property" . -}}
{{- if or (not (regexMatch "^\\d{1,5}$" $text)) (lt (int $text) 1) (gt (int $text) 65535) -}}
{{- fail (printf "config: %s: %s (expected: a port from 1 to 65535, which the objects around the pod name too)" .name $text) -}}
{{- end -}}
{{- $text -}}
{{- end -}}

{{- define "switchgate.clientPort" -}}
{{- include "switchgate.port" (dict "properties" (include "switchgate.properties" . | fromJson) "name" "server.port" "default" "8080") -}}
{{- end -}}

{{- define "switchgate.managementPort" -}}
{{- include "switchgate.port" (dict "properties" (include "switchgate.properties" . | fromJson) "name" "management.server.port" "default" "8081") -}}
{{- end -}}

{{- /* Names of the management Service with a dot in them, unless the configuration has names itself. */ -}}
{{- define "switchgate.managementHosts" -}}
{{- $service := printf "%s-management.%s" (include "switchgate.fullname" .) .Release.Namespace -}}
{{- $said := false -}}
{{- range $name, $_ := include "switchgate.allProperties" . | fromJson -}}
{{- if hasPrefix "switchgate.management.hosts" $name }}{{ $said = true }}{{ end -}}
{{- end -}}
{{- if not $said -}}
{{- printf "%s,%s.svc,%s.svc.cluster.local" $service $service $service -}}
{{- end -}}
{{- end -}}

{{- define "switchgate.managementPath" -}}
{{- $properties := include "switchgate.properties" . | fromJson -}}
{{- $server := include "switchgate.property" (dict "properties" $properties "name" "management.server.basepath" "default" "") -}}
{{- $endpoints := include "switchgate.property" (dict "properties" $properties "name" "management.endpoints.web.basepath" "default" "/actuator") -}}
{{- $server | trimSuffix "/" }}{{ $endpoints | trimSuffix "/" -}}
{{- end -}}

{{- /* Takes properties and prefix; true, false, or empty if nothing is said. */ -}}
{{- define "switchgate.ssl" -}}
{{- $said := false -}}
{{- range $name, $_ := .properties -}}
{{- if hasPrefix $.prefix $name }}{{ $said = true }}{{ end -}}
{{- end -}}
{{- if $said -}}
{{- ne "false" (include "switchgate.property" (dict "properties" .properties "name" (printf "%senabled" .prefix) "default" "true")) -}}
{{- end -}}
{{- end -}}

{{- /* true if clients speak TLS with the gateway, else empty. */ -}}
{{- define "switchgate.clientTls" -}}
{{- $configured := include "switchgate.ssl" (dict "properties" (include "switchgate.properties" . | fromJson) "prefix" "server.ssl.") -}}
{{- if or .Values.tls.existingSecret (eq "true" $configured) }}true{{ end -}}
{{- end -}}

{{- /* The management port has the TLS of the other one, unless the configuration or tls.existingSecret says otherwise. */ -}}
{{- define "switchgate.managementScheme" -}}
{{- $properties := include "switchgate.properties" . | fromJson -}}
{{- $own := include "switchgate.ssl" (dict "properties" $properties "prefix" "management.server.ssl.") -}}
{{- $inherited := include "switchgate.ssl" (dict "properties" $properties "prefix" "server.ssl.") -}}
{{- ternary "HTTPS" "HTTP" (eq "true" (default $inherited $own)) -}}
{{- end -}}

{{- /*
Checksum of what only a restart takes over. Routes and default filters are left out, since pods reload them: with them in it
every change of a route would cut every tunnel.
*/ -}}
{{- define "switchgate.checksum" -}}
{{- $properties := include "switchgate.allProperties" . | fromJson -}}
{{- $watch := include "switchgate.property" (dict "properties" $properties "name" "switchgate.routes.watchinterval" "default" "1s") -}}
{{- $reloads := not (regexMatch "^(0[a-zA-Z]*|[pP][tT]0[sS])$" $watch) -}}
{{- $restarted := dict -}}
{{- range $name, $property := $properties -}}
{{- if not (and $reloads (regexMatch "^spring\\.cloud\\.gateway\\.server\\.webflux\\.(routes|defaultfilters)($|[.\\[])" $name)) -}}
{{- $_ := set $restarted $name (get $property "value") -}}
{{- end -}}
{{- end -}}
{{- toJson $restarted | sha256sum -}}
{{- end -}}
