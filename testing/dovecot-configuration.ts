interface Setting {
  readonly folder: string;
  readonly port: number;
  readonly plainPort: number;
  readonly user: string;
  readonly group: string;
  readonly uid: number;
  readonly gid: number;
  /** What fits into each mailbox. */
  readonly quotaKb: number | undefined;
  /** Where access tokens are looked up (RFC 7662); `{"active": true, "username": "..."}` lets in. */
  readonly introspectionUrl: string | undefined;
}

/** Dovecot 2.3 that runs as one user, with nothing outside its folder. */
export function dovecotConfiguration(setting: Setting): string {
  const { folder, port, plainPort, user, group, uid, gid } = setting;
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
# Wrong passwords are tried on purpose.
auth_failure_delay = 0
# What it remembers of a folder by the second would hide mail of the same second.
mailbox_list_index = no
mail_max_userip_connections = 100
first_valid_uid = 1
ssl = required
ssl_cert = <${folder}/server.pem
ssl_key = <${folder}/server.key
${tokens(setting)}passdb {
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
${quota(setting)}`;
}

function quota({ quotaKb }: Setting): string {
  if (quotaKb === undefined) return '';
  return `
mail_plugins = quota
plugin {
  quota = maildir:User quota
  quota_rule = *:storage=${quotaKb}K
}
`;
}

function tokens({ introspectionUrl, folder }: Setting): string {
  if (introspectionUrl === undefined) return '';
  return `auth_mechanisms = plain xoauth2 oauthbearer
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${folder}/oauth2.conf
}
`;
}

/** The file that the configuration above names. */
export function oauthConfiguration(introspectionUrl: string): string {
  return `
introspection_mode = post
introspection_url = ${introspectionUrl}
username_attribute = username
active_attribute = active
active_value = true
`;
}
