import { type BagPlace, bagName } from '#shared/domain/bags.ts'

/** Text of `verify/README.txt`: what the page does, said again with programs that are not ours. */
export function verifyReadme(root: string, place: BagPlace): string {
  return `校验说明

本案卷封装包不依赖任何专用软件即可校验。请先解密、解开，再按第二、三、四步核对。

一、解密（接收单位持加密证书的私钥 recipient.key.pem 和证书 recipient.crt.pem）
  openssl cms -decrypt -binary -inform DER -in ${root}.sealed -inkey recipient.key.pem -recip recipient.crt.pem -out ${root}.tar
  tar xf ${root}.tar && cd ${root}

二、核对签发机构：将下列指纹与纸质《移交接收登记表》所载指纹逐位比对，不一致的不得接收
  openssl x509 -in verify/ca.crt.pem -noout -fingerprint -sha256

三、核对签名
  openssl cms -verify -binary -inform DER -in signature.p7s -content tagmanifest-sha256.txt -CAfile verify/ca.crt.pem -out /dev/null
  显示 CMS Verification successful 为通过。

四、核对内容（BagIt 1.0，RFC 8493）
  sha256sum -c --strict tagmanifest-sha256.txt
  sha512sum -c --strict tagmanifest-sha512.txt
  sha256sum -c --strict manifest-sha256.txt
  sha512sum -c --strict manifest-sha512.txt
  全部显示 OK（或“成功”）为通过。除 tagmanifest-sha256.txt、tagmanifest-sha512.txt、signature.p7s 外，不得有清单未列的文件：
  (find . -type f | sed 's,^\\./,,' | sort; echo) | sed '/^$/d' > /tmp/found
  cat manifest-sha256.txt tagmanifest-sha256.txt | cut -c67- | sort > /tmp/listed
  comm -23 /tmp/found /tmp/listed    只应列出上述三个文件。

五、不用命令行时，用任一浏览器打开 index.html（不联网），把 ${root} 文件夹或 ${root}.tar 拖入页面，并填入登记表上的指纹。
  随封装包到达的页面不能为自己作证：未填指纹时结论只能是“完整，签发者未确认”。
${place.count === 1 ? '' : groupText(place)}`
}

/** How the bundles of one case are held against each other. */
function groupText(place: BagPlace): string {
  return `
六、本案卷分包移交，本包为${bagName(place)}；每包单独解密、核对，再核对全组：各包的 group.json 完全相同，
  且本包 manifest-sha256.txt 的 SHA-256 等于 group.json 中 bags 第 ${place.number} 项的 manifest。
  sha256sum group.json manifest-sha256.txt
  网页可一次拖入全部 ${place.count} 个 tar，缺包、重复、混入他案的包会逐一指出。
`
}
