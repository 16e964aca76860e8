package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"dument/app"
	"dument/app/ledger"
)

// MaxSettingsBytes bounds a settings file: a few hundred lines.
const MaxSettingsBytes = 1 << 20

// SettingsTOML reads and writes the companion's settings file (TOML 1.0). It implements
// app.SettingsFormat.
type SettingsTOML struct{}

var _ app.SettingsFormat = SettingsTOML{}

// SettingsError says why a settings file is not taken. It is wrapped in an *app.Error.
type SettingsError struct {
	Code  string // syntax, unknown_key, secret, too_large, not_text
	Line  int    // from 1; 0 when the whole file is meant
	Value string // the key, or what the parser met
}

func (e *SettingsError) Error() string {
	return fmt.Sprintf("settings file: %s at line %d: %s", e.Code, e.Line, e.Value)
}

// Text says what is wrong, why, and what to do, in "fr" or "en".
func (e *SettingsError) Text(language string) string {
	params := []string{strconv.Itoa(e.Line)}
	return spell(settingsWording, e.Code, language, "", e.Value, params)
}

// settingsWording says what is wrong with a settings file.
var settingsWording = map[string]wording{
	"syntax": {
		"réglages illisibles\u00a0: ligne {1}, {value}\u00a0: corrigez la syntaxe TOML à cet endroit",
		"settings unreadable: line {1}, {value}: correct the TOML syntax there",
	},
	"unknown_key": {
		"réglage inconnu\u00a0: «\u00a0{value}\u00a0» n’existe pas, et rien n’est pris d’un fichier qui contient " +
			"une faute\u00a0: corrigez ou retirez cette ligne",
		"unknown setting: \"{value}\" does not exist, and nothing is taken from a file that holds a " +
			"mistake: correct or remove that line",
	},
	"secret": {
		"secret refusé\u00a0: «\u00a0{value}\u00a0» n’a pas sa place dans un fichier de réglages\u00a0: retirez la ligne, " +
			"et confiez le mot de passe au trousseau du système ou à DUMENT_IMAP_PASSWORD",
		"secret refused: \"{value}\" has no place in a settings file: remove the line, and give the " +
			"password to the system keyring or to DUMENT_IMAP_PASSWORD",
	},
	"too_large": {
		"réglages trop longs\u00a0: plus de 1 Mo\u00a0: indiquez le fichier des réglages",
		"settings too long: more than 1 MB: name the settings file",
	},
	"not_text": {
		"réglages illisibles\u00a0: le fichier n’est pas du texte en UTF-8\u00a0: indiquez le fichier TOML des réglages",
		"settings unreadable: the file is not UTF-8 text: name the TOML file of the settings",
	},
}

// secretWords betray a password in a settings file, whatever its exact key.
var secretWords = []string{"password", "passwd", "secret", "token", "mot_de_passe", "motdepasse"}

func isSecretKey(key string) bool {
	folded := strings.ToLower(key)
	for _, word := range secretWords {
		if strings.Contains(folded, word) {
			return true
		}
	}
	return false
}

// Read reads a whole settings file and fills what it leaves out.
func (s SettingsTOML) Read(data []byte) (ledger.Settings, error) {
	settings, err := s.Merge(ledger.Settings{}, data)
	return settings.WithDefaults(), err
}

// Merge replaces the settings that the file gives and keeps the others; the list of accounts is replaced
// as a whole. A key that does not exist, and a
// secret, refuse the whole file: CodeFormat, with a *SettingsError.
func (SettingsTOML) Merge(settings ledger.Settings, data []byte) (ledger.Settings, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if len(data) > MaxSettingsBytes {
		return settings, refuseSettings(&SettingsError{Code: "too_large"})
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return settings, refuseSettings(&SettingsError{Code: "not_text"})
	}
	before := settings
	settings.Accounts = nil
	meta, err := toml.Decode(string(data), &settings)
	if err != nil {
		return before, refuseSettings(syntaxProblem(err))
	}
	if !meta.IsDefined("accounts") {
		settings.Accounts = before.Accounts
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		problem := &SettingsError{Code: "unknown_key", Value: unknown[0].String()}
		for _, key := range unknown {
			if isSecretKey(key.String()) {
				problem = &SettingsError{Code: "secret", Value: key.String()}
			}
		}
		return before, refuseSettings(problem)
	}
	return settings, nil
}

func refuseSettings(problem *SettingsError) error {
	return &app.Error{Code: app.CodeFormat, Field: problem.Value, Detail: "settings_" + problem.Code,
		Params: []string{problem.Value}, Err: problem}
}

// syntaxProblem keeps the line and the parser's words, without the excerpt of the file that the parser
// adds: it could hold a secret.
func syntaxProblem(err error) *SettingsError {
	problem := &SettingsError{Code: "syntax", Line: 1, Value: "?"}
	var parse toml.ParseError
	if errors.As(err, &parse) {
		problem.Line, problem.Value = parse.Position.Line, shortLine(parse.Message)
		if problem.Value == "" {
			problem.Value = shortLine(parse.LastKey)
		}
		if parse.LastKey != "" && isSecretKey(parse.LastKey) {
			problem.Code, problem.Value = "secret", parse.LastKey
		}
		return problem
	}
	problem.Value = shortLine(strings.TrimPrefix(err.Error(), "toml: "))
	return problem
}

// shortLine keeps a parser's words short and on one line.
func shortLine(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if cut := []rune(text); len(cut) > 160 {
		text = string(cut[:160])
	}
	return text
}

// Write writes every setting; Read gives the same settings back. There is no secret among them.
func (SettingsTOML) Write(settings ledger.Settings) ([]byte, error) {
	var text bytes.Buffer
	encoder := toml.NewEncoder(&text)
	encoder.Indent = ""
	if err := encoder.Encode(settings); err != nil {
		return nil, &app.Error{Code: app.CodeInternal, Err: fmt.Errorf("exchange: write settings: %w", err)}
	}
	return text.Bytes(), nil
}
