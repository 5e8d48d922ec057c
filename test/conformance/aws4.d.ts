/** The part of aws4 that the conformance tests use; the package brings no types. */
declare module 'aws4' {
  interface Request {
    readonly method: string;
    readonly service: string;
    readonly region: string;
    readonly host: string;
    readonly path: string;
    readonly signQuery?: boolean;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly extraHeadersToIgnore?: Readonly<Record<string, boolean>>;
  }
  interface Credentials { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string }
  interface SignedRequest { readonly path: string; readonly headers: Readonly<Record<string, string | number>> }
  const aws4: { sign(request: Request, credentials: Credentials): SignedRequest };
  export default aws4;
}
