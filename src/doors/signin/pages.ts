/** The pages of the door, for a browser without script. */
import { html, page } from './html.ts';
import type { Html } from './html.ts';
import type { Outcome } from './outcome.ts';
import type { DoorAnswer } from './request.ts';
import type { OwnSessionView, SessionView } from './session-view.ts';

const base = '/_gatehouse/signin';

interface SignInPage { readonly continueTo: string | undefined; readonly kind: 'root' | 'user'; /** As the link to the page names it. */ readonly account: string | undefined }

export function signInPage({ continueTo, kind, account }: SignInPage): DoorAnswer {
  const onward = continueTo === undefined ? '' : `&continue=${encodeURIComponent(continueTo)}`;
  const who = kind === 'root'
    ? html`<label for="email">Root user e-mail address</label><input id="email" name="email" type="email" autocomplete="username" required autofocus>`
    : html`<label for="account">Account ID (12 digits) or alias</label><input id="account" name="account" value="${account ?? ''}" autocomplete="organization" required autofocus>
<label for="userName">User name</label><input id="userName" name="userName" autocomplete="username" autocapitalize="none" required>`;
  return page(kind === 'root' ? 'Root user sign in' : 'Sign in', html`<form method="post" action="${base}/password"><input type="hidden" name="kind" value="${kind}"><input type="hidden" name="continue" value="${continueTo ?? ''}">
${who}
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required>
<button>Sign in</button></form>
<p><a href="${base}/?kind=${kind === 'root' ? 'user' : 'root'}${onward}">${kind === 'root' ? 'Sign in as an IAM user' : 'Sign in as the root user'}</a></p>`);
}

/** The page of a step that is due. */
export function stepPage(outcome: Exclude<Outcome, { step: 'signedIn' }>): DoorAnswer {
  const flow = html`<input type="hidden" name="flow" value="${outcome.flow}">`;
  if (outcome.step === 'newPassword') {
    return page('Set a new password', html`<p>You must set a new password to go on. It needs:</p><ul>${outcome.rules.map((rule) => html`<li>${rule}</li>`)}</ul>
<form method="post" action="${base}/new-password">${flow}
<label for="old">Old password</label><input id="old" name="oldPassword" type="password" autocomplete="current-password" required autofocus>
<label for="new">New password</label><input id="new" name="newPassword" type="password" autocomplete="new-password" required>
<button>Set the password</button></form>`);
  }
  const passkey = outcome.passkeyOptions && passkeyForm({ action: 'mfa', ceremony: 'get', field: 'passkey', options: outcome.passkeyOptions, fields: flow, button: 'Use a passkey' });
  const codes = outcome.devices.some(({ kind }) => kind === 'totp') ? codeForms(flow) : undefined;
  const hint = passkey ?? codes ? undefined : html`<p>Your passkey is bound to a name: open this page by a host name (localhost, not 127.0.0.1).</p>`;
  return page('Multi-factor authentication', html`${passkey}${codes}${hint}`, { hasScript: passkey !== undefined });
}

interface PasskeyForm { readonly action: string; readonly ceremony: 'create' | 'get'; readonly field: string; readonly options: object; readonly fields: Html; readonly button: string }

/** What the script finds: the options for the browser, and the field for its answer. */
const passkeyForm = ({ action, ceremony, field, options, fields, button }: PasskeyForm): Html => html`<form method="post" action="${base}/${action}" data-passkey="${ceremony}" data-options="${JSON.stringify(options)}">${fields}<input type="hidden" name="${field}" id="credential"><button>${button}</button><p role="status"></p></form>`;

/** Enrols a passkey: the browser is asked, and what it made is sent. */
export function passkeyPage(session: string, csrfToken: string, { enrolment, options }: { readonly enrolment: string; readonly options: object }): DoorAnswer {
  const fields = html`<input type="hidden" name="csrf" value="${csrfToken}"><input type="hidden" name="enrolment" value="${enrolment}"><label for="name">A name for it</label><input id="name" name="name" maxlength="64" pattern="[\\w+=,.@\\-]+" required autofocus>`;
  return page('Add a passkey', passkeyForm({ action: `passkeys/finish?session=${session}`, ceremony: 'create', field: 'response', options, fields, button: 'Add the passkey' }), { hasScript: true });
}

const codeForms = (flow: Html): Html => html`<p>Enter the code that your device shows.</p>
<form method="post" action="${base}/mfa">${flow}
<label for="code">MFA code</label><input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]{6}" required autofocus>
<button>Submit</button></form>
<h2>Codes are refused?</h2><p>The clock of the device may be wrong. Enter two codes that follow one another.</p>
<form method="post" action="${base}/mfa">${flow}
<label for="first">First code</label><input id="first" name="code" inputmode="numeric" pattern="[0-9]{6}" required>
<label for="second">Second code</label><input id="second" name="secondCode" inputmode="numeric" pattern="[0-9]{6}" required>
<button>Synchronize and submit</button></form>`;

export const refusalPage = (message: string): DoorAnswer => page('Sign in', html`<p class="error" role="alert">${message}</p><p><a href="${base}/">Back to sign in</a></p>`);

export const nothingHerePage = (): DoorAnswer => page('Not found', html`<p>There is no such page. <a href="/_gatehouse/console/">To the console</a></p>`, { status: 404 });

/** Asks which session the command line may use. Each choice carries its own session's token. */
export function consentPage(sessions: readonly { readonly view: SessionView; readonly token: string }[], fields: Readonly<Record<string, string>>, formTargets: readonly string[]): DoorAnswer {
  const hidden = Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
  return page('Sign in the command line', html`<p>The AWS command line asks for credentials of one of your sessions. Go on only if you have just run <code>aws login</code> yourself.</p>
${sessions.map(({ view, token }) => html`<form method="post" action="${base}/authorize?session=${view.session}"><input type="hidden" name="csrf" value="${token}">${hidden}
<p>${view.role ? view.role.arn : view.arn}</p><button name="answer" value="allow">Use this session</button> <button name="answer" value="deny">Refuse</button></form>`)}
<p><a href="${base}/?continue=${encodeURIComponent(`/v1/authorize?${new URLSearchParams(fields)}`)}">Sign in as somebody else</a></p>`, { formTargets });
}

/** The code that the person carries to the other machine. */
export const codePage = (code: string): DoorAnswer => page('Authorization code', html`<p>Enter this code where <code>aws login</code> asks for it. It is good once, and for five minutes.</p><p><code>${code}</code></p>`);

/** Asks before a sign-in link of somebody's adds a session to those of the browser. */
export function confirmPage(others: readonly SessionView[], { account, sessionName }: { readonly account: string; readonly sessionName?: string }, fields: Readonly<Record<string, string>>): DoorAnswer {
  return page('Add a session', html`<p>You are signed in as ${others.map(({ name }) => name).join(', ')}. The link that you followed signs you in as <strong>${sessionName ?? ''}</strong> in account ${account}, too. Go on only if you asked for that.</p>
<form method="post" action="${base}/federated">${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}<button>Add the session</button></form>
<p><a href="/_gatehouse/console/">Stay as you are</a></p>`);
}

/** Which role a link proposes to switch to. */
export interface ProposedRole { readonly account?: string | undefined; readonly roleName?: string | undefined; readonly displayName?: string | undefined; readonly color?: string | undefined }

/** Who is signed in, and what can be done about it. */
export function consolePage(own: OwnSessionView, all: readonly SessionView[], { account, roleName, displayName, color }: ProposedRole): DoorAnswer {
  const form = (action: string, fields: Html): Html => html`<form method="post" action="${base}/${action}?session=${own.session}"><input type="hidden" name="csrf" value="${own.csrfToken}">${fields}</form>`;
  const others = all.filter(({ session }) => session !== own.session);
  return page('Signed in', html`<dl><dt>Who</dt><dd>${own.name}</dd><dt>ARN</dt><dd>${own.arn}</dd><dt>Account</dt><dd>${own.account}${own.accountAlias === undefined ? undefined : html` (${own.accountAlias})`}</dd>
<dt>MFA</dt><dd>${own.isMfaShown ? 'shown' : 'not shown'}</dd><dt>Until</dt><dd>${own.endsAt}</dd>${own.role && html`<dt>Acting as</dt><dd>${own.role.displayName}: ${own.role.arn}, until ${own.role.endsAt}</dd>`}</dl>
${own.passwordExpiresInDays === undefined ? undefined : html`<p class="error">Your password expires in ${own.passwordExpiresInDays} days.</p>`}
${own.role ? form('switch-back', html`<button>Switch back</button>`) : undefined}
${own.kind === 'root' ? undefined : html`<h2>Switch role</h2>${form('switch-role', html`<label for="account">Account</label><input id="account" name="account" value="${account ?? ''}" required><label for="role">Role</label><input id="role" name="roleName" value="${roleName ?? ''}" required>
<label for="shown">Display name</label><input id="shown" name="displayName" maxlength="64" value="${displayName ?? ''}"><input type="hidden" name="color" value="${color ?? ''}"><button>Switch role</button>`)}`}
${others.length === 0 ? undefined : html`<h2>Other sessions</h2><ul>${others.map((other) => html`<li><a href="/_gatehouse/console/?session=${other.session}">${other.name} @ ${other.accountAlias ?? other.account}</a></li>`)}</ul>`}
${own.kind === 'root' || own.kind === 'user' ? form('passkeys/begin', html`<button>Add a passkey</button>`) : undefined}
<p><a href="${base}/">Add a session</a></p>
${form('sign-out', html`<button>Sign out</button>`)}`);
}
