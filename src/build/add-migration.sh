#!/usr/bin/env bash
# Adds the same migration for both engines: src/build/add-migration.sh AddRooms
set -euo pipefail
cd "$(dirname "$0")/../.."
name=${1:?name the migration, for example AddRooms}
dotnet tool restore
for engine in Sqlite SqlServer; do
  project=src/MesoClinic.Data.$engine
  dotnet ef migrations add "$name" --project "$project" --startup-project "$project" --output-dir Migrations
done
