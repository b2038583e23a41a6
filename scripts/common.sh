# Sourced by the scripts beside it: where things live, and how they talk. Everything is said on stderr, so that
# stdout stays the program's own.
set -euo pipefail
BASIN_HOME=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
BASIN_LOGS=$BASIN_HOME/build/logs

# The user's cache, as sim/toolchain finds it too.
if [ -z "${BASIN_CACHE:-}" ]; then
  if [ -n "${XDG_CACHE_HOME:-}" ]; then BASIN_CACHE=$XDG_CACHE_HOME/basin
  elif [ -n "${HOME:-}" ]; then BASIN_CACHE=$HOME/.cache/basin
  else BASIN_CACHE=${TMPDIR:-/tmp}/basin-$(id -u); fi
fi
case $BASIN_CACHE in /*) ;; *) BASIN_CACHE=$PWD/$BASIN_CACHE ;; esac
BASIN_VENV=${BASIN_VENV:-$BASIN_CACHE/venv}
case $BASIN_VENV in /*) ;; *) BASIN_VENV=$PWD/$BASIN_VENV ;; esac
HOME=${HOME:-$BASIN_CACHE/home}          # ccache and pip want one
YOWASP_CACHE_DIR=${YOWASP_CACHE_DIR:-$BASIN_CACHE/yowasp}   # Yosys and nextpnr, compiled for this machine
export BASIN_HOME BASIN_CACHE BASIN_VENV HOME YOWASP_CACHE_DIR

say() { printf 'basin: %s\n' "$*" >&2; }
fail() { local code=$1; shift; say "$*"; exit "$code"; }

# logged NAME MESSAGE COMMAND…: runs the command with its output in build/logs/NAME.log; one line while it runs (with
# the time on a terminal), the last lines of the log when it fails.
logged() {
  local log=$BASIN_LOGS/$1.log message=$2 started=$SECONDS status=0 last
  shift 2
  mkdir -p "$BASIN_LOGS"
  if [ -t 2 ]; then
    "$@" >"$log" 2>&1 </dev/null &
    local pid=$!
    trap 'kill "$pid" 2>/dev/null; wait "$pid" 2>/dev/null; printf "\n" >&2; exit 130' INT TERM
    while kill -0 "$pid" 2>/dev/null; do
      last=$(tail -n 1 "$log" 2>/dev/null | tr -dc '[:print:]' | grep -oE '^\[[0-9]+/[0-9]+\]' || true)
      printf '\r\033[Kbasin: %s … %d s %s' "$message" $((SECONDS - started)) "$last" >&2
      sleep 0.2
    done
    wait "$pid" || status=$?
    trap - INT TERM
    printf '\r\033[K' >&2
  else
    say "$message …"
    "$@" >"$log" 2>&1 </dev/null || status=$?
  fi
  if [ "$status" = 0 ]; then
    say "$message: done in $((SECONDS - started)) s"
  else
    say "$message: failed; the end of $log:"
    tail -n 20 "$log" >&2
    return 1
  fi
}

# locked FOLDER NAME: holds the lock NAME of that folder (descriptor 9) until `unlocked` or exit, so that two runs never
# install or build into it at once.
locked() {
  mkdir -p "$1" || fail 3 "can't make $1"
  exec 9>"$1/.$2.lock"
  flock -n 9 || { say "waiting for another run to finish its $2"; flock 9; }
}
unlocked() { exec 9>&-; }
