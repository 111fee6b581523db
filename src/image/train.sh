#!/bin/sh
# Lets a gateway carry tunnels to its demo, and keeps what the JVM has learnt on the way as a cache: classes as they lie in
# memory, and how often methods ran.
set -eu

tunnels=20
attempts=100
cache=/build/cache/switchgate.aot
route='--spring.cloud.gateway.server.webflux.routes[0]'

probe() {
  java -XX:TieredStopAtLevel=1 -jar /app/switchgate.jar probe "$@"
}

mkdir /build/cache
cd /app
/opt/java/bin/java -XX:AOTCacheOutput="$cache" -jar /app/switchgate.jar --spring.profiles.active=demo \
  "$route.id=demo" "$route.uri=http://localhost:8000" "$route.predicates[0]=Path=/ws" &
gateway=$!

until probe ws://localhost:8080/ws --message hi > /dev/null; do
  kill -0 "$gateway"
  attempts=$((attempts - 1))
  test "$attempts" -gt 0
done
for _ in $(seq "$tunnels"); do
  probe ws://localhost:8080/ws --message hi > /dev/null
done
for endpoint in health/readiness prometheus; do
  probe "http://localhost:8081/actuator/$endpoint" --plain > /dev/null || test $? -eq 1
done

kill "$gateway"
wait "$gateway" || test $? -eq 143
touch --date "@$SOURCE_DATE_EPOCH" "$cache" /build/cache
