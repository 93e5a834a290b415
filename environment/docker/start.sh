#!/usr/bin/env bash
# make docker: the password at the first start, then the containers.
# shellcheck source=environment/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

cd "$ROOT"
if docker compose version >/dev/null 2>&1; then
    COMPOSE=(docker compose)
elif command -v docker-compose >/dev/null 2>&1; then
    COMPOSE=(docker-compose)
else
    fail "Docker is not installed, or has no compose." "Install Docker, or start without it: make run"
fi
if [ ! -s .env ]; then
    # Under another name first: a kill must not leave half a password.
    (umask 077 && printf 'POSTGRES_PASSWORD=%s\n' "$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')" >.env.partial)
    mv .env.partial .env
    say "Made the database's password, in .env: keep this file as long as the database."
fi
docker info >/dev/null 2>&1 || fail "the Docker engine does not answer." "Start it, and check that you may use it: docker info"
exec "${COMPOSE[@]}" up --build
