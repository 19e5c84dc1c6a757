import { type Environment, readConfig } from "./git-config.ts";

/**
 * Who git says makes the commits in a folder, as `Name <mail>`; undefined when it does not know. Read from the
 * environment and git's settings; git itself is not run for it.
 */
export function gitIdentity(folder: string, env: Environment = process.env): string | undefined {
  const config = readConfig(folder, env);
  const name = env.GIT_AUTHOR_NAME || config.get("author.name") || config.get("user.name");
  const mail = env.GIT_AUTHOR_EMAIL || config.get("author.email") || config.get("user.email") || env.EMAIL;
  return name && mail ? `${name.replace(/[<>\n]/g, "")} <${mail.replace(/[<>\n]/g, "")}>` : undefined;
}
