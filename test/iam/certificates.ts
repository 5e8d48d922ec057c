/** Certificates and keys made for tests, valid until 2126: a root, an intermediate that it signed, a leaf that that signed; one that has expired. They protect nothing. */

/** Signed by itself. */
export const rootCertificate = `-----BEGIN CERTIFICATE-----
MIIBfjCCASWgAwIBAgIUamnxGTuCdsFlqrSnKemIU92D4bgwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJVGVzdCBSb290MCAXDTI2MTEyNDA2MzIyMloYDzIxMjYxMDMx
MDYzMjIyWjAUMRIwEAYDVQQDDAlUZXN0IFJvb3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQxayIEl1Id6wthWQ8aCuCIxUv95uz1nElSQOkJhbNWropteBvuGMzu
vmkHiu9Kl8c1QpaEGp3Vgoo44RVhUNfQo1MwUTAdBgNVHQ4EFgQU8Bc+4LcMm/t2
IEH+DPkkbsvzkUowHwYDVR0jBBgwFoAU8Bc+4LcMm/t2IEH+DPkkbsvzkUowDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiB6+EotMMi5hVScWVqyeiAc
3pTDR0/hUzcdHc15HYn4NAIgUXDK7BLhp0ATXF8oZf9D2mV7MI95rniYUNIxx2bn
Zwk=
-----END CERTIFICATE-----
`;

/** Signed by the root. */
export const intermediateCertificate = `-----BEGIN CERTIFICATE-----
MIIBiDCCAS2gAwIBAgIUXZmInkgH0HFNCV/VtntY7NYtrRgwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJVGVzdCBSb290MCAXDTI2MTEyNDA2MzIyMloYDzIxMjYxMDMx
MDYzMjIyWjAcMRowGAYDVQQDDBFUZXN0IEludGVybWVkaWF0ZTBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABGt6C4mqgzGYxDnsOry6kgS9dQGW+lwND9cw9yUid/MJ
Pi6C2ejDVsb9rcMrWcesLiqFq1FZLa7qFm3W0Ur6XFajUzBRMA8GA1UdEwEB/wQF
MAMBAf8wHQYDVR0OBBYEFJ+Ua9FYAQxSoMqjhR9e3cJjuSYHMB8GA1UdIwQYMBaA
FPAXPuC3DJv7diBB/gz5JG7L85FKMAoGCCqGSM49BAMCA0kAMEYCIQDaNDBRp9qe
CYu93dil10CYWqMScp95ZBhuiDKYNDY0FwIhANy8R9qxljOqWuo5c7NUR0T96HEf
uZKuXcNZgn8rNLGy
-----END CERTIFICATE-----
`;

/** Signed by the intermediate. */
export const leafCertificate = `-----BEGIN CERTIFICATE-----
MIIBMzCB2wIUUGjKovWKGfhPy/SkKegHqJY7iWcwCgYIKoZIzj0EAwIwHDEaMBgG
A1UEAwwRVGVzdCBJbnRlcm1lZGlhdGUwIBcNMjYxMTI0MDYzMjIyWhgPMjEyNjEw
MzEwNjMyMjJaMBwxGjAYBgNVBAMMEWdhdGVob3VzZS5leGFtcGxlMFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAEXgzSEmnyyhxeJhhXbclaMVZdu3LCjq/jo+xPSM5n
t3x8+gRWLo0YlCbD/lhKBoqSX0eqymmvyV8LMqn358dldTAKBggqhkjOPQQDAgNH
ADBEAiAnjOKcrlyldhHlavJpPKOkSINbKusqRESnDhx5LhZlfQIgAu/OyRmhNBWa
8Or2S+3lQMgoeOfae6uivP3NgWlRpHU=
-----END CERTIFICATE-----
`;

/** The leaf's key, in PKCS #8. */
export const leafKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQghxolPdlHL22qpPrB
IM9PBLARyqZMdVhZCUXaqz8imYChRANCAAReDNISafLKHF4mGFdtyVoxVl27csKO
r+Oj7E9Izme3fHz6BFYujRiUJsP+WEoGipJfR6rKaa/JXwsyqffnx2V1
-----END PRIVATE KEY-----
`;

/** The same key, in SEC 1. */
export const leafKeySec1 = `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIIcaJT3ZRy9tqqT6wSDPTwSwEcqmTHVYWQlF2qs/IpmAoAoGCCqGSM49
AwEHoUQDQgAEXgzSEmnyyhxeJhhXbclaMVZdu3LCjq/jo+xPSM5nt3x8+gRWLo0Y
lCbD/lhKBoqSX0eqymmvyV8LMqn358dldQ==
-----END EC PRIVATE KEY-----
`;

/** The same key, encrypted. */
export const leafKeyEncrypted = `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAj69iLRDacy1QICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEA0ALNRArseu0zmGy+xZx1QEgZA/
K8XkWE4Sg0f5RSCxHx4o8t78wcvrBnD39+MVPHiA1E8CZd05kAv+favdAMBGjdnB
O8KbkAUi2vB/E0TWozmLy+kJ/KiSO5C9RuTc7ybjzuM2oYH8+sQUVTgvTdaLBAGS
6F/8eaBRdRjLRpgFCHPGiYzuUs/KhDF+0RaCgG6YgcXhD0e16faJDL6C8AfwZBo=
-----END ENCRYPTED PRIVATE KEY-----
`;

/** The intermediate's key, and so not the leaf's. */
export const otherKey = `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIJR1hMbXbacSOeYXRRo4DC9zLn0HP7mgt8UBEecH/W0koAoGCCqGSM49
AwEHoUQDQgAEa3oLiaqDMZjEOew6vLqSBL11AZb6XA0P1zD3JSJ38wk+LoLZ6MNW
xv2twytZx6wuKoWrUVktruoWbdbRSvpcVg==
-----END EC PRIVATE KEY-----
`;

/** It ended before the tests' clock begins. */
export const expiredCertificate = `-----BEGIN CERTIFICATE-----
MIIBCzCBsgIBATAKBggqhkjOPQQDAjASMRAwDgYDVQQDDAdleHBpcmVkMB4XDTIw
MDEwMTAwMDAwMFoXDTIxMDEwMTAwMDAwMFowEjEQMA4GA1UEAwwHZXhwaXJlZDBZ
MBMGByqGSM49AgEGCCqGSM49AwEHA0IABF4M0hJp8socXiYYV23JWjFWXbtywo6v
46PsT0jOZ7d8fPoEVi6NGJQmw/5YSgaKkl9Hqsppr8lfCzKp9+fHZXUwCgYIKoZI
zj0EAwIDSAAwRQIhAKoe5Dv/ubEzoPv8dHMC30RD8WSHugioI/qae0z40ePkAiB3
wnER5DYd/ufDkSW8YxIrjrvxnud2KrwYAgpf5a8Cag==
-----END CERTIFICATE-----
`;
