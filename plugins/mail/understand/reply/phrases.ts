/** What mail clients write around an earlier mail, by language. All patterns are anchored or bounded, so that no line costs more than its length. */

/** The word that ends "On ... X wrote:", in lower case. */
const wrote =
  'wrote|writes|writes the following|said|schrieb|schrieb am|hat geschrieben|schreef|schreef het volgende|geschreven|' +
  'het volgende geschreven|a écrit|écrit|a écrit le|écrivait|escribió|escribio|ha escrito|escribía|escribiste|' +
  'ha scritto|scrive|scrisse|ha escrit|va escriure|escreveu|escreveu no dia|escreveu o seguinte|napisał|napisała|' +
  'napisał(a)|napisał/a|pisze|naisal|napsal|napsal(a)|napsala|napísal|napísala|napísal(a)|napisao|napisao je|napisala|' +
  'piše|je napisao/la|написал|написала|написал(а)|пишет|пише|писал|писала|писал(а)|написа|пишува|wrotes|skrev|' +
  'skrev följande|skrev følgende|skreiv|kirjoitti|kirjutas|rašė|rakstīja|írta|a következőt írta|ezt írta|scris|a scris|' +
  'έγραψε|έγραψες|yazdı|şunu yazdı|şunları yazdı|yazmış|כתב|כתבה|כתב/ה|כתבת|مت كتابة|كتب|كتبت|نوشت|写道|寫道|写到|於寫道|作成|' +
  'のメール|さんは書きました|が書きました|님이 작성|작성|đã viết|viết|menulis|เขียน|skrifaði|idatzi du|escribiu';

/** How such a line begins, where it does not begin with the date. */
const on =
  'on|am|op|le|el|il|il giorno|em|no dia|dnia|w dniu|dne|dňa|den|d.|på|pe|в|вт|пн|ср|чт|пт|сб|вс|на|у|ב|בתאריך|في|στις|' +
  'ngày|vào|pada|na|a|în|la|dana|tarihinde|at|in|von|from|de|du|vom|since|quoting|citando|zitat von|citeren';

export const attributionEnd = new RegExp(
  `(?:^|[\\s>):,"'”»\\]】于於])(?:${alternatives(wrote)})(?:\\s+(?:op|am|on|le|em|het volgende|följande|følgende|dit|o seguinte|lo siguiente|ce qui suit|quanto segue|na)\\b.{0,80})?\\s*[:：]?\\s*$`,
  'iu',
);
export const attributionStart = new RegExp(`^\\W{0,3}(?:${alternatives(on)})(?:[\\s,.:]|\\d)`, 'iu');
/** Clients that put the verb first: "Le 3 mars, X a écrit", "Op 3 mrt. heeft X het volgende geschreven:", "Am ... schrieb X <...>:", "W dniu ... X pisze". */
export const verbBeforeName = new RegExp(
  `\\s(?:${alternatives(
    'schrieb|schreef|heeft|escribió|ha scritto|escreveu|skrev|napsal|napsal(a)|kirjoitti|hat|wrote|yazdı|napísal|napisał|' +
      'написал|пишет|a écrit|כתב|כתבה|menulis|đã viết|írta',
  )})\\s.{1,200}[:：]\\s*$`,
  'iu',
);
/** Something by which a date, a time or an address is recognised. */
export const datelike =
  /\d{1,4}\s?[./\-年년. ]\s?\d{1,2}|\d{1,2}[:.h]\d{2}|\b(?:19|20)\d{2}\b|\d{1,2}(?:er|\.|st|nd|rd|th)?\s+(?:de\s+)?\p{L}{3,}/u;
export const addresslike = /[^\s<>@"]@[^\s<>@"]/;

/** Chinese, Japanese and Korean lines, whose words are not parted by spaces. */
export const eastAsianAttribution =
  /^(?:在|于|於)?.{0,120}(?:\d{4}\s?[年/.-]\s?\d{1,2}|\d{1,2}:\d{2}).{0,160}(?:写道|寫道|写到|:写道|さん(?:は|が)?(?:書きました|のメール)?|のメール|が書きました|作成(?:しました)?|님이 작성|님의 글|작성:?|<[^<>@\s]+@[^<>@\s]+>)\s*[:：]\s*$/u;

/** "-----Original Message-----" and its like. */
export const originalMessage = new RegExp(
  `^\\s*(?:[-_=*~]{2,}\\s*)(?:${alternatives(
    'original message|originalmessage|original-nachricht|ursprüngliche nachricht|ursprungliche nachricht|' +
      'originalnachricht|original nachricht|oorspronkelijk bericht|oorspronkelijke bericht|origineel bericht|' +
      "message d'origine|message d’origine|message original|mensaje original|missatge original|messaggio originale|" +
      'mensagem original|oryginalna wiadomość|wiadomość oryginalna|původní zpráva|původní e-mail|pôvodná správa|' +
      'izvorna poruka|originalna poruka|исходное сообщение|оригинальное сообщение|пересылаемое сообщение от|' +
      'ursprungligt meddelande|ursprungligt mail|originalmeddelande|oprindelig meddelelse|oprindelig besked|' +
      'originalmeddelelse|opprinnelig melding|originalmelding|alkuperäinen viesti|eredeti üzenet|mesaj original|' +
      'mesajul original|orijinal ileti|orijinal mesaj|özgün ileti|αρχικό μήνυμα|הודעה מקורית|الرسالة الأصلية|رسالة أصلية|' +
      '原始邮件|原始郵件|原邮件|回复的原邮件|원본 메시지|원본 메일|元のメッセージ|オリジナルメッセージ|original mail|original e-mail|originele e-mail|' +
      'original appointment|ursprünglicher termin|tin nhắn gốc|pesan asli|reply message|antwort nachricht|reply to message|' +
      'quoted message|original msg',
  )})\\s*(?:[-_=*~]{2,}|:)?\\s*$`,
  'iu',
);

/** What a client writes above a mail that is passed on. */
export const forwarded = new RegExp(
  `^\\s*(?:[-_=*~>]{2,}\\s*|begin\\s+|start\\s+|anfang\\s+)?(?:${alternatives(
    'forwarded message|forwarded message follows|forwarded by|weitergeleitete nachricht|weitergeleitet von|' +
      'doorgestuurd bericht|doorgestuurde bericht|doorgezonden bericht|message transféré|message transmis|' +
      'message réexpédié|début du message réexpédié|début du message transféré|mensaje reenviado|' +
      'inicio del mensaje reenviado|messaggio inoltrato|inizio messaggio inoltrato|mensagem encaminhada|' +
      'mensagem reencaminhada|início da mensagem reencaminhada|início da mensagem encaminhada|przekazana wiadomość|' +
      'wiadomość przekazana|treść przekazanej wiadomości|przekazywana wiadomość|přeposlaná zpráva|' +
      'začátek přeposílané zprávy|preposlaná správa|пересланное сообщение|пересылаемое сообщение|' +
      'начало переадресованного сообщения|переслане повідомлення|vidarebefordrat meddelande|vidarebefordrat brev|' +
      'vidarebefordrat mail|videresendt meddelelse|videresendt besked|start på videresendt besked|videresendt melding|' +
      'välitetty viesti|edelleenlähetetty viesti|alkaa välitetty viesti|továbbított üzenet|mesaj redirecționat|' +
      'yönlendirilen ileti|iletilen mesaj|iletilmiş mesaj|προωθημένο μήνυμα|הודעה שהועברה|رسالة معاد توجيهها|رسالة محولة|' +
      '转发的邮件|转发邮件|轉寄的郵件|轉寄郵件|전달된 메시지|전달 메시지|転送されたメッセージ|転送メッセージ|thư chuyển tiếp|tin nhắn đã chuyển tiếp|' +
      'ursprüngliche nachricht weitergeleitet|anfang der weitergeleiteten nachricht',
  )})(?:\\s*$|\\s*[-_=*~:：].{0,60}$|\\s.{0,60}[-:：]\\s*$)`,
  'iu',
);

/** Names of the fields in the block above an earlier mail, each with what it stands for. */
const fieldNames: Readonly<Record<string, string>> = {
  from:
    'from|von|van|de|da|od|от|від|från|fra|frå|lähettäjä|feladó|expeditor|de la|kimden|gönderen|από|מאת|من|发件人|寄件者|寄件人|' +
    '發件人|보낸 사람|보낸사람|差出人|送信者|từ|dari|odesílatel|odesilatel|remitente|expéditeur|mittente|afzender|absender|nadawca|' +
    'reply-to|отправитель|envoyé par|från/from|enviado por|sender',
  date:
    'sent|date|gesendet|gesendet am|datum|verzonden|verzonden op|envoyé|envoyé le|message du|enviado|enviado el|' +
    'enviado em|fecha|data|data e hora|inviato|inviata|date d’envoi|wysłano|wysłane|odesláno|odoslané|poslano|sendt|' +
    'skickat|dato|lähetetty|päivämäärä|päiväys|küldve|dátum|elküldve|trimis|gönderilme tarihi|gönderildi|gönderim tarihi|' +
    'tarih|отправлено|дата|надіслано|στάλθηκε|ημερομηνία|נשלח|תאריך|تاريخ الإرسال|التاريخ|تم الإرسال|发送时间|发送日期|日期|時間|' +
    '傳送時間|寄件日期|보낸 날짜|날짜|보낸날짜|送信日時|日時|日付|đã gửi|ngày|dikirim|tanggal',
  to:
    'to|an|aan|à|pour|para|a|per|do|komu|za|till|til|vastaanottaja|címzett|către|pentru|kime|alıcı|кому|προς|אל|إلى|收件人|' +
    '收件者|받는 사람|받는사람|宛先|đến|kepada|destinatario|destinataire|ontvanger|empfänger|adresat',
  subject:
    'subject|betreff|onderwerp|objet|sujet|asunto|oggetto|assunto|temat|předmět|predmet|ämne|emne|aihe|tárgy|subiect|' +
    'konu|тема|θέμα|נושא|الموضوع|主题|主旨|主題|제목|件名|chủ đề|subjek|assumpte',
  cc: 'cc|kopie|copie|copie à|copia|kopia|kopi|копия|kopio|dw|bilgi|抄送|副本|참조|c.c.|kopi til',
};

const fieldKinds = new Map<string, string>(
  Object.entries(fieldNames).flatMap(([kind, names]) => names.split('|').map((name): [string, string] => [name, kind])),
);

/** `from`, `date`, `to`, `subject`, `cc` or null. Stars are those of text made from bold HTML. */
export function headerFieldKind(line: string): string | null {
  const name = /^[\s>*]{0,4}([\p{L}\p{M}./’' -]{1,30}?)\s*\*?\s*[:：]/u.exec(line)?.[1];
  return name === undefined ? null : (fieldKinds.get(name.trim().toLowerCase()) ?? null);
}

/** "Sent from my iPhone" and its like: the last lines of a mail written on a phone. */
export const mobileSignature = new RegExp(
  `^\\W{0,3}(?:${alternatives(
    'sent from |sent from mail for|sent from outlook|sent from yahoo|sent from proton|sent from samsung|sent from nine|' +
      'sent from the |sent from myMail|sent from blue|sent via |sent with |sent using |sent by |get outlook for|' +
      'get bluemail|via newton mail|von meinem |gesendet von |gesendet mit |gesendet über|diese nachricht wurde von meinem|' +
      'verzonden vanaf |verstuurd vanaf |verzonden met |verstuurd met |envoyé de mon |envoyé depuis |envoyé à partir |' +
      'envoyé par |télécharger outlook|obtenir outlook|enviado desde |enviado de mi|enviado do meu|enviado a partir|' +
      'enviado con |enviado pelo |obtener outlook|obtenha o outlook|inviato da|inviato dal|wysłane z |wysłano z |' +
      'odesláno z |odesláno ze |skickat från |sendt fra |lähetetty |outlook for android|outlook für|отправлено с |' +
      "отправлено из |отправлено от |посылается с|iphone'umdan|iphone’umdan|elküldve |trimis de pe|στάλθηκε από|נשלח מה|" +
      'אני שולח|أرسلت من|تم الإرسال من|发自我的|從我的|傳自|傳送自|나의 |내 iphone|iphoneから|ipadから|androidから|gửi từ |dikirim dari|' +
      'holen sie sich outlook|laden sie outlook|télécharger|scarica outlook|hanki outlook|hämta outlook|hent outlook|' +
      'download outlook|outlook voor|pobierz aplikację outlook',
  )}).{0,120}$`,
  'iu',
);
/** The same behind the name of the device: "iPhone'umdan gönderildi". */
export const mobileSignatureEnd = /^.{1,60}(?:gönderildi|から送信|에서 보냄|에서 보낸|寄出|傳送|发送)\s*\.?\s*$/iu;

/** How lawyers begin. */
export const disclaimer = new RegExp(
  `^[\\W_]{0,4}(?:${alternatives(
    'confidentiality notice|confidential notice|privileged and confidential|legal notice|email disclaimer|disclaimer|' +
      'this email and any|this e-mail and any|this message and any|this email is confidential|this e-mail is confidential|' +
      'this message is confidential|this message contains confidential|this email contains confidential|' +
      'the information contained in this|the information in this|this e-mail message is|this transmission|' +
      'the contents of this|please consider the environment|diese e-mail enthält|diese e-mail kann|diese nachricht enthält|' +
      'der inhalt dieser|haftungsausschluss|dit bericht is|dit e-mailbericht|de informatie in dit|deze e-mail|disclaimer:|' +
      'ce message et|ce courriel|ce message est|cet e-mail|avis de confidentialité|este mensaje|este correo|aviso legal|' +
      'la información contenida|questo messaggio|le informazioni contenute|avviso di riservatezza|esta mensagem|' +
      'este e-mail|niniejsza wiadomość|ta wiadomość|treść tej wiadomości|данное сообщение|это сообщение|tento e-mail|' +
      'tato zpráva|detta meddelande|detta e-post|denne e-mail|denne e-post|tämä viesti|bu e-posta|bu mesaj|此邮件|本邮件|本メール|' +
      'このメール|이 메일',
  )})`,
  'iu',
);

/** Words parted by `|`, with what else regular expressions read differently made plain. */
function alternatives(words: string): string {
  return words.replaceAll(/[.*+?^${}()[\]\\]/g, String.raw`\$&`);
}
