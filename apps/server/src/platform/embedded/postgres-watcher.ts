/**
 * The postmaster's parent: a shell of its own session, tied to the server by a pipe on standard input.
 *
 * - The pipe ends with the server, however it dies: then a fast shutdown follows. No pid is ever guessed, since
 *   a parent's child cannot be replaced by a stranger with the same number.
 * - `adopt`: a lock file may name a process that is dead but not reaped (pid 1 of a container need not reap).
 *   Deleting it would lose the interlock on shared memory. PostgreSQL takes a lock file that names its *own parent*
 *   for stale and still checks the shared memory, so our own pid is written into the first line.
 * - The socket folder of a finished server is removed, nothing else could use it.
 *
 * Arguments: adopt|keep, data folder, socket folder to remove or "", program, its arguments. Prints the postmaster's pid.
 */
export const watcherScript = `
set -u
mode=$1 data=$2 sockets=$3
shift 3
lock=$data/postmaster.pid
if [ "$mode" = adopt ] && [ -f "$lock" ]; then
  { echo $$; tail -n +2 "$lock"; } >"$lock.new" && mv "$lock.new" "$lock"
fi
exec 3<&0 </dev/null
"$@" 3<&- &
pid=$!
echo "$pid"
exec >/dev/null
{ read -r _ <&3; kill -INT "$pid" 2>/dev/null; } &
reader=$!
exec 3<&-
wait "$pid"
code=$?
kill "$reader" 2>/dev/null
[ -n "$sockets" ] && rm -rf "$sockets"
exit "$code"
`;
