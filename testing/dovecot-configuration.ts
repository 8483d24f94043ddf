interface Setting {
  readonly folder: string;
  readonly port: number;
  readonly plainPort: number;
  readonly user: string;
  readonly group: string;
  readonly uid: number;
  readonly gid: number;
}

/** Dovecot 2.3 that runs as one user, with nothing outside its folder. */
export function dovecotConfiguration({ folder, port, plainPort, user, group, uid, gid }: Setting): string {
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1, ::1
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
mail_location = maildir:${folder}/mail/%u
mail_fsync = never
# What it remembers of a folder by the second would hide mail of the same second.
mailbox_list_index = no
mail_max_userip_connections = 100
first_valid_uid = 1
ssl = required
ssl_cert = <${folder}/server.pem
ssl_key = <${folder}/server.key
passdb {
  driver = static
  args = password=password
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/mail/%u
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    special_use = \\Sent
    auto = create
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${plainPort}
  }
  inet_listener imaps {
    port = ${port}
    ssl = yes
  }
}
service imap {
  process_limit = 200
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`;
}
