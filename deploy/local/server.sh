# shellcheck shell=bash
# What the scripts `postgres` and `rabbitmq` have in common; sourced by them, not run.

fail() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

# Reads "ACTION DIR [--port N] [--with-pid PID]" into action, dir (absolute), port (or empty), with_pid (or empty).
read_arguments() {
    action=${1:-} dir=${2:-} port='' with_pid=''
    case $action in
        start | stop | status) ;;
        *) usage ;;
    esac
    [[ -n $dir ]] || usage
    shift 2
    while (($#)); do
        case $1 in
            --port) port=${2:-} && [[ $port =~ ^[0-9]+$ ]] && ((port > 0 && port < 65536)) || fail '--port needs a number from 1 to 65535' ;;
            --with-pid) with_pid=${2:-} && [[ $with_pid =~ ^[0-9]+$ ]] || fail '--with-pid needs a process id' ;;
            *) usage ;;
        esac
        shift 2
    done
    if [[ $action == start ]]; then
        mkdir -p "$dir"
    elif [[ ! -d $dir ]]; then
        echo 'not running'
        [[ $action == stop ]] && exit 0
        exit 3
    fi
    dir=$(cd "$dir" && pwd -P)
}

usage() {
    sed -n '2,/^$/s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

# One start or stop at a time per folder. The servers must not inherit the lock: they are started with 9>&-.
lock_folder() {
    exec 9>"$dir/.lock"
    flock -w 180 9 || fail "another start or stop works on $dir"
}

# Root hands over to user $1, since a server needs no more (and PostgreSQL refuses root). Sets the array as_server, a prefix
# for commands. Where a parent folder is closed to that user (such as those of mktemp), nobody opens it for everybody; $2 says
# what happens instead: "pass" gives the server leave to pass through, "stay" lets it run as root (Erlang asks access(2), which
# knows nothing of such leave). $3 is the folder of the server's programs.
choose_user() {
    as_server=()
    server_user=$(id -un)
    server_binaries=${3:-/}
    [[ $(id -u) == 0 ]] || return 0
    id -u "$1" >/dev/null 2>&1 || fail "there is no user '$1' to run the server as; run deploy/local/install"
    as_server=(setpriv --reuid "$1" --regid "$(id -gn "$1")" --init-groups)
    chmod o+x "$dir"
    if ! reaches_folder && [[ $2 == stay ]]; then
        as_server=()
        return 0
    fi
    server_user=$1
    reaches_folder || as_server+=(--inh-caps +dac_read_search --ambient-caps +dac_read_search)
    reaches_folder || fail "user '$1' can't reach $dir; choose a folder whose parents it may pass through"
}

reaches_folder() {
    "${as_server[@]}" sh -c 'cd "$1" && cd "$2"' sh "$dir" "$server_binaries" 2>/dev/null
}

# Makes a folder of the server's own, closed to others.
own_folder() {
    mkdir -p "$1"
    [[ $(id -u) != 0 || $(stat -c %U "$1") == "$server_user" ]] || chown -R "$server_user": "$1"
    chmod 700 "$1"
}

# True when process $1 runs and its command line holds $2: a pid file alone may be older than the process of that number.
is_process() {
    [[ ${1:-} =~ ^[0-9]+$ ]] && kill -0 "$1" 2>/dev/null && ps -ww -o stat=,args= -p "$1" | grep -v '^Z' | grep -qF -- "$2"
}

accepts() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# A free port below the range that the kernel gives to outgoing connections.
free_port() {
    local candidate
    for _ in {1..100}; do
        candidate=$((15000 + (RANDOM * 32768 + RANDOM) % 17000))
        if ! accepts "$candidate" && ! listening | grep -q ":$candidate "; then
            echo "$candidate"
            return
        fi
    done
    fail 'found no free port'
}

listening() {
    if command -v ss >/dev/null; then ss -ltnH | awk '{print $4 " "}'; fi
}

# Waits until process $1, whose command line holds $2, is gone; at most $3 seconds.
wait_gone() {
    local until=$((SECONDS + $3))
    while is_process "$1" "$2"; do
        ((SECONDS < until)) || return 1
        sleep 0.05
    done
}

# Stops the server when process $1 is gone: whoever started it for a while may be killed. Ends with server process $2.
watch_over() {
    local owner=$1 server=$2 mark=$3 born
    born=$(started_at "$owner")
    [[ -n $born ]] || fail "there is no process $owner to stop with"
    setsid bash -c '
        source "$1"; dir=$2 owner=$3 born=$4 server=$5 mark=$6 script=$7
        while is_process "$server" "$mark"; do
            [[ $(started_at "$owner") == "$born" ]] || exec "$script" stop "$dir"
            sleep 1
        done' watch "$here/server.sh" "$dir" "$owner" "$born" "$server" "$mark" "$here/$(basename "$0")" \
        </dev/null >/dev/null 2>&1 9>&- &
}

# When a process started, to tell it from a later one with the same number; empty when it is gone.
started_at() {
    ps -o stat=,lstart= -p "$1" 2>/dev/null | awk '$1 !~ /^Z/ { $1 = ""; print }'
}
