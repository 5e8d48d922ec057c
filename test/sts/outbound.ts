/** What tests of GetWebIdentityToken share: a Gatehouse whose issuer is fetched over a real socket, and who asks for tokens there. */
import * as iamSdk from '@aws-sdk/client-iam';
import { GetWebIdentityTokenCommand, type GetWebIdentityTokenCommandInput } from '@aws-sdk/client-sts';
import { handle } from '../../src/server/handle.ts';
import { listen } from '../../src/server/listen.ts';
import { type KeyPair, startGatehouse, type TestGatehouse } from '../gatehouse.ts';

export interface OutboundGatehouse extends TestGatehouse { readonly baseUrl: string }

/** Its documents are answered at `baseUrl`, by the test's clock. */
export async function startOutbound(seed: string): Promise<OutboundGatehouse> {
  const ready: { gatehouse?: TestGatehouse } = {};
  const { url, stop } = await listen({
    host: '127.0.0.1', port: 0, tls: undefined, now: () => ready.gatehouse!.clock.now, newRequestId: () => ready.gatehouse!.plane.newRequestId(),
    handle: (request) => handle(ready.gatehouse!.plane, request), together: (work) => work(),
  });
  const gatehouse = (ready.gatehouse = await startGatehouse({ seed, issuerBaseUrl: url }));
  return {
    ...gatehouse, baseUrl: url,
    async stop() {
      await stop();
      await gatehouse.stop();
    },
  };
}

export async function enableFederation(gatehouse: TestGatehouse, key?: KeyPair): Promise<string> {
  const { IssuerIdentifier } = await gatehouse.iam(key).send(new iamSdk.EnableOutboundWebIdentityFederationCommand({}));
  return IssuerIdentifier!;
}

export async function getToken(gatehouse: TestGatehouse, input: Partial<GetWebIdentityTokenCommandInput> = {}, key?: KeyPair): Promise<string> {
  const { WebIdentityToken } = await gatehouse.sts(key).send(new GetWebIdentityTokenCommand({ Audience: ['https://api.example.com'], SigningAlgorithm: 'ES384', ...input }));
  return WebIdentityToken!;
}
