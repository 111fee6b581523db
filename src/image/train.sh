#!/bin/sh
# Lets a gateway warm up, and keeps what the JVM has learnt as a cache: classes as they lie in memory, and which methods run
# often.
set -eu

attempts=100
cache=/build/cache/switchgate.aot

probe() {
  java -XX:TieredStopAtLevel=1 -jar /app/switchgate.jar probe "http://localhost:8081/actuator/$1" --plain > /dev/null \
    || test $? -eq 1
}

mkdir /build/cache
cd /app
/opt/java/bin/java -XX:AOTCacheOutput="$cache" -jar /app/switchgate.jar \
  --switchgate.warm-up.time=30s --switchgate.warm-up.exit=true &
gateway=$!

until probe health/readiness; do
  kill -0 "$gateway"
  attempts=$((attempts - 1))
  test "$attempts" -gt 0
done
probe prometheus

wait "$gateway"
touch --date "@$SOURCE_DATE_EPOCH" "$cache" /build/cache
