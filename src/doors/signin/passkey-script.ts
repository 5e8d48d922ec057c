/** The one script of the door's pages: passkeys can be asked for by script only. It asks the browser, puts the answer into the form, and sends the form. */

// Plain text, because it runs in a browser: of the page it knows the forms that carry `data-passkey`, and it talks to nobody.
export const passkeyScript = `'use strict';
for (const form of document.querySelectorAll('form[data-passkey]')) {
  const ceremonies = {
    create: async (options) => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
    get: async (options) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
  };
  const said = form.querySelector('[role=status]');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    said.textContent = 'Follow what your browser asks.';
    try {
      const credential = await ceremonies[form.dataset.passkey](JSON.parse(form.dataset.options));
      form.elements.credential.value = JSON.stringify(credential.toJSON());
      form.submit();
    } catch (error) {
      said.textContent = 'The passkey was not used: ' + error.message;
    }
  });
}
`;
