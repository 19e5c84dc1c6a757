import type { Found } from "./found.ts";

/** A kind of secret that is none of payments and that its shape tells. */
export interface GeneralKind {
  readonly name: string;
  /** A part of every match; a text without it need not be searched. */
  readonly keyword: string;
  /** Source of a regular expression of bounded length; what `value` names is the secret part, if not all is. */
  readonly pattern: string;
  readonly opens: Found["opens"];
  /** Names of which one has to be around, in lower case without what separates words. */
  readonly names?: readonly string[];
}

/**
 * Shapes that the services document or that their keys are scanned for by GitHub, all with a beginning or a build that
 * nothing else has. Key ids and tokens that are meant to be public are not among them.
 */
export const generalKinds: readonly GeneralKind[] = [
  { name: "AWS access key", keyword: "AKIA", pattern: "AKIA[A-Z2-7]{16}", opens: "service" },
  {
    name: "AWS secret access key",
    keyword: "",
    pattern: "[A-Za-z0-9/+]{40}",
    opens: "service",
    names: ["awssecret", "secretaccesskey"],
  },
  {
    name: "Google API key",
    keyword: "AIza",
    pattern: "AIza[\\w-]{35}",
    opens: "service",
    names: ["gemini", "genai", "generative", "vertex", "googleserver", "youtube", "translate"],
  },
  { name: "Google OAuth client secret", keyword: "GOCSPX-", pattern: "GOCSPX-[\\w-]{28}", opens: "service" },
  {
    name: "Azure storage key",
    keyword: "AccountKey=",
    pattern: "AccountKey=(?<value>[A-Za-z0-9+/]{86}==)",
    opens: "service",
  },
  { name: "GitHub token", keyword: "gh", pattern: "gh[opusr]_[A-Za-z0-9]{36,255}", opens: "service" },
  {
    name: "GitHub token",
    keyword: "github_pat_",
    pattern: "github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}",
    opens: "service",
  },
  { name: "GitLab token", keyword: "gl", pattern: "gl(?:pat|dt|rt|ptt|cbt)-[\\w-]{20,64}", opens: "service" },
  { name: "npm token", keyword: "npm_", pattern: "npm_[A-Za-z0-9]{36}", opens: "service" },
  { name: "PyPI token", keyword: "pypi-AgE", pattern: "pypi-AgE[\\w-]{50,500}", opens: "service" },
  { name: "Docker Hub token", keyword: "dckr_", pattern: "dckr_(?:pat|oat)_[\\w-]{27,64}", opens: "service" },
  { name: "Slack token", keyword: "xox", pattern: "xox[abeoprs]-[A-Za-z0-9-]{20,250}", opens: "service" },
  {
    name: "Slack token",
    keyword: "xapp-",
    pattern: "xapp-\\d-[A-Z0-9]{8,12}-\\d{10,14}-[a-f0-9]{64}",
    opens: "service",
  },
  {
    name: "Slack webhook address",
    keyword: "hooks.slack.com/",
    pattern:
      "https://hooks\\.slack\\.com/(?:services|workflows|triggers)/(?<value>[TA]\\w{8,12}/\\w{8,20}/\\w{20,30})",
    opens: "service",
  },
  {
    name: "Discord webhook address",
    keyword: "/api/webhooks/",
    pattern:
      "https://(?:ptb\\.|canary\\.)?discord(?:app)?\\.com/api/webhooks/(?<value>\\d{17,20}/[\\w-]{60,80})",
    opens: "service",
  },
  { name: "Telegram bot token", keyword: ":AA", pattern: "\\d{8,10}:AA[\\w-]{33}", opens: "service" },
  { name: "SendGrid API key", keyword: "SG.", pattern: "SG\\.[\\w-]{22}\\.[\\w-]{43}", opens: "service" },
  {
    name: "Brevo API key",
    keyword: "sib-",
    pattern: "x(?:key|smtp)sib-[a-f0-9]{64}-[A-Za-z0-9]{16}",
    opens: "service",
  },
  {
    name: "Mailgun API key",
    keyword: "key-",
    pattern: "key-[a-f0-9]{32}",
    opens: "service",
    names: ["mailgun"],
  },
  {
    name: "OpenAI API key",
    keyword: "T3BlbkFJ",
    pattern: "sk-(?:[a-z]{2,12}-)?[\\w-]{20,100}T3BlbkFJ[\\w-]{20,100}",
    opens: "service",
  },
  {
    name: "Anthropic API key",
    keyword: "sk-ant-",
    pattern: "sk-ant-(?:api|admin|oat)\\d\\d-[\\w-]{80,120}",
    opens: "service",
  },
  { name: "Shopify token", keyword: "shp", pattern: "shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}", opens: "service" },
  { name: "DigitalOcean token", keyword: "_v1_", pattern: "do[por]_v1_[a-f0-9]{64}", opens: "service" },
  { name: "Supabase token", keyword: "sbp_", pattern: "sbp_[a-f0-9]{40}", opens: "service" },
  { name: "Supabase key", keyword: "sb_secret_", pattern: "sb_secret_[\\w-]{22,64}", opens: "service" },
  {
    name: "PlanetScale password",
    keyword: "pscale_",
    pattern: "pscale_(?:pw|tkn|oauth)_[\\w.=-]{32,64}",
    opens: "database",
  },
  { name: "Vault token", keyword: "hvs.", pattern: "hvs\\.[\\w-]{90,120}", opens: "service" },
  { name: "Databricks token", keyword: "dapi", pattern: "dapi[a-f0-9]{32}(?:-\\d)?", opens: "service" },
  {
    name: "age secret key",
    keyword: "AGE-SECRET-KEY-1",
    pattern: "AGE-SECRET-KEY-1[A-Z0-9]{58}",
    opens: "service",
  },
];
