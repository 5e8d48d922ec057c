/** The first process of a machine: runs its user data once, answers SSH, and shuts everything down when it is told to. */

/** The end of its input, or a line in it, is the request to shut down; so is the signal that `shutdown` sends. Run by bash. */
export const initScript = String.raw`
exec 3<&0 </dev/null
trap 'down' TERM
down() {
  trap '' TERM
  echo "gatehouse: shutting down"
  kill -TERM -1 2>/dev/null
  for _ in $(seq 100); do
    set -- /proc/[0-9]*
    [ $# -le 2 ] && break
    sleep 0.1
  done
  exit 0
}
( read -r _ <&3; kill -TERM $$ ) &
exec 3<&-
echo "gatehouse: $HOSTNAME boots as $GATEHOUSE_INSTANCE_ID"
once=/var/lib/cloud/instance
if [ -e $once/user-data ] && [ ! -e $once/user-data.done ]; then
  : >$once/user-data.done
  if [ "$(head -c 2 $once/user-data)" = '#!' ]; then
    ( trap - TERM; cp $once/user-data $once/user-data.run && chmod 700 $once/user-data.run && cd / && $once/user-data.run; echo "gatehouse: user data ended with status $?" ) &
  else
    echo "gatehouse: the user data is not a script (its first line begins with #!): it is not run"
  fi
fi
if [ -n "$GATEHOUSE_SSH_PORT" ]; then
  key=/var/lib/gatehouse/ssh_host_key
  active=/var/lib/gatehouse/active_keys
  active_keys() {
    exec 5<>/dev/tcp/169.254.169.254/80 || return
    printf 'PUT /latest/api/token HTTP/1.1\r\nHost: 169.254.169.254\r\nX-aws-ec2-metadata-token-ttl-seconds: 60\r\n\r\n' >&5
    token=$(tail -n 1 <&5)
    exec 5<>/dev/tcp/169.254.169.254/80 || return
    printf 'GET /latest/meta-data/managed-ssh-keys/active-keys/ec2-user HTTP/1.1\r\nHost: 169.254.169.254\r\nX-aws-ec2-metadata-token: %s\r\n\r\n' "$token" >&5
    grep '^ssh-' <&5
    exec 5<&-
  }
  ( trap - TERM
    [ -e $key ] || ssh-keygen -q -t ed25519 -N '' -C '' -f $key
    while sleep 0.05; do
      exec 4<>"/dev/tcp/127.0.0.1/$GATEHOUSE_SSH_PORT" || { sleep 1; continue; }
      read -r -u 4 _ || { exec 4<&-; continue; }
      active_keys >$active.new 2>/dev/null; mv $active.new $active
      /usr/sbin/sshd -i -e -f /etc/ssh/sshd_config -o "SetEnv=AWS_ENDPOINT_URL=$AWS_ENDPOINT_URL AWS_REGION=$AWS_REGION AWS_DEFAULT_REGION=$AWS_REGION PATH=$PATH" <&4 >&4 2>/dev/null &
      exec 4<&-
    done ) &
fi
while :; do wait; sleep 86400 & wait $!; done
`;

/** What a tenant types to end its machine, in the PATH of everything that runs there. */
export const shutdownScript = (initPid: number): string => `#!/bin/sh\nexec kill -TERM ${initPid}\n`;
