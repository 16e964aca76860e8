package app

import (
	"dument/app/matching"
	"dument/app/notice"
)

// whyTexts words the reasons that the use cases themselves give.
var whyTexts = map[string]map[string]string{
	"already_read": {
		"fr": "message déjà lu, rien n’est compté deux fois",
		"en": "message already read, nothing is counted twice",
	},
	"transaction_known": {
		"fr": "l’opération %s a déjà été enregistrée le %s",
		"en": "transaction %s was already booked on %s",
	},
	"undone_before": {
		"fr": "vous avez annulé un règlement pareil : à vous de décider",
		"en": "you took a payment like this one back: the decision is yours",
	},
	"date_to_come": {
		"fr": "l’opération est datée du %s, après aujourd’hui",
		"en": "the transaction is dated %s, after today",
	},
}

func why(code string, params ...string) Why {
	texts := map[string]string{}
	for language, format := range whyTexts[code] {
		texts[language] = fill(typeset(format, language), localised(params, language))
	}
	return Why{Code: code, Params: params, Texts: texts}
}

func whyOfNotice(reason notice.Reason) Why {
	return Why{Code: string(reason.Code), Params: reason.Params,
		Texts: map[string]string{"fr": reason.Text("fr"), "en": reason.Text("en")}}
}

func whyOfMatch(reason matching.Reason) Why {
	return Why{Code: string(reason.Code),
		Texts: map[string]string{"fr": reason.Text("fr"), "en": reason.Text("en")}}
}

// Text is the reason in a language, its code when there is no wording.
func (w Why) Text(language string) string {
	if text := w.Texts[language]; text != "" {
		return text
	}
	return w.Code
}
