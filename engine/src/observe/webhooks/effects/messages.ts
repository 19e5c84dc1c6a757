import type { Flow } from "../../../flow/flow.ts";
import { bare, type Node } from "../../../flow/tree.ts";
import type { OutgoingRequest } from "../../requests.ts";
import { partsOf } from "../../requests.ts";
import { type Chain, isOwn, packageBehind, textOf } from "./chain.ts";

/** Packages that send mail, text messages, push and chat messages. */
const SENDERS =
  /^(?:resend|@sendgrid\/|nodemailer|postmark|twilio|@slack\/|mailgun|@getbrevo\/|sib-api-v3|@mailchimp\/mailchimp_transactional|mandrill|node-mailjet|mailersend|@plunk\/|loops$|web-push|expo-server-sdk|telegraf|node-telegram-bot-api|grammy|discord\.js|@novu\/|@knocklabs\/|onesignal|@onesignal\/|africastalking|messagebird|@vonage\/|plivo|@azure\/communication-|firebase-admin|whatsapp)/;
const SENDS =
  /^(?:send|sendMultiple|sendMail|sendEmail\w*|sendTransacEmail|sendTransactionalEmail|sendSms|sendMessage|sendNotification|sendEach\w*|sendMulticast|sendPushNotificationsAsync|create|postMessage|trigger|postEphemeral|sendPhoto|sendDocument|sendToDevice|sendToTopic)$/;

/** Methods that only a sender of messages has. */
const DISTINCT =
  /^(?:sendMail|sendTransacEmail|sendEmailWithTemplate|sendTransactionalEmail|sendPushNotificationsAsync|sendEachForMulticast|sendMulticast)$/;

const NAMED =
  /^(?:send|deliver|dispatch)\w{0,60}?(?:e?mails?|sms|receipts?|notifications?|push|alerts?|telegram|slack|discord|whatsapp|messages?|confirmations?|invites?|invitations?)(?:$|[A-Z]|_)/i;
const NAMED_LAST =
  /^(?:e?mail|notify)(?:$|_?[A-Z]?(?:customer|user|buyer|admin|owner|seller|team|client|slack|discord|telegram))/i;

/** Whether a call surely sends a message to somebody. */
export function isMessage(chain: Chain, flow: Flow): boolean {
  const { last, module, call, receiver } = chain;
  const library = SENDS.test(last) ? packageBehind(chain, flow) : undefined;
  if (library !== undefined && SENDERS.test(library))
    return !library.startsWith("firebase-admin") || /messaging/i.test(textOf(chain));
  if (DISTINCT.test(last)) return true;
  if (
    last === "send" &&
    /^Send(?:Raw|Templated|Bulk)?(?:Templated)?Email\w*Command$/.test(made(call.arguments[0]))
  )
    return true;
  if (last === "postMessage") return receiver === "chat";
  if (last === "create") return receiver === "messages" && /twilio/i.test(textOf(chain));
  if (/^(?:emails|mail|mailer|sgMail|mailService|emailService)$/i.test(receiver))
    return /^send/.test(last) && call.arguments.length > 0;
  // A function of this file is what its body does; one of another file is what it says.
  return (
    (isNamedSender(last) || (/^send|^notify/.test(last) && isSenders(module))) && isElsewhere(chain, flow)
  );
}

/** Whether a module of the project's own says by its path that it sends: `@/lib/email`, `../services/sms.service`. */
function isSenders(module: string | undefined): boolean {
  return (
    isOwn(module) &&
    /(?:e?mail|resend|sendgrid|sms|notif|slack|telegram|whatsapp)[\w.-]{0,20}$/i.test(module!)
  );
}

/** Whether a function's name says that it sends somebody a message: `sendOrderConfirmationEmail`. */
function isNamedSender(name: string): boolean {
  return NAMED.test(name) || NAMED_LAST.test(name);
}

function isElsewhere({ module, links, call }: Chain, flow: Flow): boolean {
  if (flow.calls.functionNamed(call.callee)) return false;
  if (module !== undefined) return isOwn(module) || /^@?[\w-]+\/[\w-]+$/.test(module);
  return links.length > 1;
}

function made(node: Node | undefined): string {
  const value = node && bare(node);
  return value?.type === "NewExpression" && value.callee.type === "Identifier" ? value.callee.name : "";
}

const HOSTS =
  /(?:^|\.)(?:resend\.com|sendgrid\.com|mailgun\.net|postmarkapp\.com|brevo\.com|sendinblue\.com|mailjet\.com|mandrillapp\.com|twilio\.com|slack\.com|discord(?:app)?\.com|telegram\.org|graph\.facebook\.com|onesignal\.com|exp\.host|fcm\.googleapis\.com|mailersend\.com|loops\.so|emailjs\.com|zeptomail\.\w{2,4}|termii\.com|fast2sms\.com|msg91\.com|vonage\.com|plivo\.com)$/;

/** Whether a request goes to somebody who hands messages on. */
export function sendsMessage(request: OutgoingRequest): boolean {
  const { host } = partsOf(request.url);
  return host !== undefined && HOSTS.test(host);
}
