package wire

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"dument/app"
	"dument/app/mailbox"
)

// mailProblem is a failure of the mailbox in words. It is wrapped in an *app.Error with CodeMailbox, whose
// Detail is its code.
type mailProblem struct {
	code        string // a key of mailTexts
	host        string
	said        string // by the server: data of a stranger
	certificate mailbox.CertificateProblem
	err         error
}

func (p *mailProblem) Error() string { return fmt.Sprintf("mailbox: %s %s: %v", p.code, p.host, p.err) }

func (p *mailProblem) Unwrap() error { return p.err }

// Text says what is wrong, why, and what to do, in "fr" or "en", on one line.
func (p *mailProblem) Text(language string) string {
	place := 1
	if language == "fr" {
		place = 0
	}
	text := strings.ReplaceAll(mailTexts[p.code][place], "{host}", p.host)
	text = strings.ReplaceAll(text, "{certificate}", certificateTexts[p.certificate][place])
	if p.said == "" {
		return text
	}
	if place == 0 {
		return text + " (le serveur dit «\u00a0" + p.said + "\u00a0»)"
	}
	return text + ` (the server says "` + p.said + `")`
}

// mailTexts words the faults of package mailbox and of what stands around it, French and English.
var mailTexts = map[string][2]string{
	"settings": {"boîte mal réglée : un réglage manque ou n’a pas de sens : complétez la section mailbox",
		"mailbox badly set up: a setting is missing or makes no sense: complete the mailbox section"},
	"off": {"aucune boîte à lire : le serveur n’est pas indiqué : complétez la section mailbox des réglages",
		"no mailbox to read: the server is not given: complete the mailbox section of the settings"},
	"ca_file": {"certificat d’autorité illisible : le fichier de ca_file n’est pas un PEM : corrigez le réglage",
		"authority certificate unreadable: the file of ca_file is no PEM: correct the setting"},
	"insecure_refused": {"connexion refusée : {host} n’est pas cet ordinateur et rien ne serait chiffré : choisissez tls",
		"connection refused: {host} is not this computer and nothing would be encrypted: choose tls"},
	"unreachable": {"boîte injoignable : {host} ne répond pas : vérifiez le réseau, le serveur et le port",
		"mailbox unreachable: {host} does not answer: check the network, the server and the port"},
	"name_unknown": {"serveur inconnu : le nom {host} n’existe pas, ou le réseau manque : vérifiez-les",
		"server unknown: the name {host} does not exist, or there is no network: check them"},
	"connection_lost": {"connexion coupée : {host} a cessé de répondre : recommencez dans un instant",
		"connection lost: {host} stopped answering: try again in a moment"},
	"tls_certificate": {"certificat refusé : celui de {host} {certificate} : n’envoyez rien, vérifiez le nom du serveur",
		"certificate refused: the one of {host} {certificate}: send nothing, check the server's name"},
	"tls_failed": {"chiffrement impossible : {host} ne parle pas TLS sur ce port : vérifiez le port et le chiffrement",
		"no encryption possible: {host} does not speak TLS on this port: check port and security"},
	"starttls_missing": {"chiffrement absent : {host} n’offre pas STARTTLS : choisissez tls et le port 993",
		"no encryption offered: {host} has no STARTTLS: choose tls and port 993"},
	"injected": {"connexion douteuse : du texte en clair a précédé le chiffrement : changez de réseau, puis recommencez",
		"doubtful connection: clear text came before the encryption: change networks, then try again"},
	"preauth": {"connexion douteuse : {host} saute l’identification : changez de réseau, puis recommencez",
		"doubtful connection: {host} skips the login: change networks, then try again"},
	"password_missing": {"mot de passe absent : le trousseau n’en a pas pour cette boîte : enregistrez-le, ou donnez " +
		"DUMENT_IMAP_PASSWORD", "password missing: the keyring has none for this mailbox: store it, or set " +
		"DUMENT_IMAP_PASSWORD"},
	"keyring": {"trousseau injoignable : le système n’en offre pas ici ou il reste verrouillé : ouvrez-le, ou donnez " +
		"DUMENT_IMAP_PASSWORD", "keyring unreachable: the system has none here or it stays locked: open it, or set " +
		"DUMENT_IMAP_PASSWORD"},
	"auth_failed": {"identification refusée : {host} n’accepte pas cet utilisateur ou ce mot de passe : corrigez-les " +
		"avant de recommencer", "login refused: {host} does not accept this user or password: correct them before " +
		"trying again"},
	"auth_unsupported": {"identification impossible : {host} n’accepte pas cette méthode : créez un mot de passe " +
		"d’application ou choisissez xoauth2", "login impossible: {host} does not accept this method: make an " +
		"application password or choose xoauth2"},
	"folder_missing": {"dossier introuvable : {host} ne peut pas l’ouvrir : corrigez le réglage folder",
		"folder missing: {host} cannot open it: correct the setting folder"},
	"unavailable": {"boîte indisponible : {host} décline pour le moment : recommencez plus tard",
		"mailbox unavailable: {host} declines for the moment: try again later"},
	"server_garbage": {"réponse incompréhensible : {host} n’envoie pas de l’IMAP, ou trop : vérifiez le serveur et le port",
		"answer not understood: {host} sends no IMAP, or too much: check the server and the port"},
	"server_timeout": {"serveur trop lent : {host} ne répond plus dans le délai : recommencez plus tard",
		"server too slow: {host} no longer answers in time: try again later"},
	"uid_unstable": {"numérotation instable : {host} renumérote sans cesse ses messages : signalez-le à votre fournisseur",
		"unstable numbering: {host} keeps renumbering its messages: tell your provider"},
	"watched_elsewhere": {"boîte déjà surveillée : un autre programme la lit pour ce registre : fermez-le, ou attendez " +
		"une minute et demie", "mailbox already watched: another program reads it for this ledger: close it, or wait " +
		"a minute and a half"},
}

// certificateTexts complete a sentence about a certificate.
var certificateTexts = map[mailbox.CertificateProblem][2]string{
	mailbox.CertificateExpired:     {"est périmé", "has expired"},
	mailbox.CertificateNotYet:      {"n’est pas encore valable", "is not valid yet"},
	mailbox.CertificateWrongHost:   {"est au nom d’un autre serveur", "belongs to another server"},
	mailbox.CertificateUnknownCA:   {"vient d’une autorité inconnue", "comes from an unknown authority"},
	mailbox.CertificateSelfSigned:  {"n’est garanti par personne", "is vouched for by nobody"},
	mailbox.CertificateNotSuitable: {"n’est pas fait pour un serveur", "is not made for a server"},
	"":                             {"n’est pas valable", "is not valid"},
}

func newMailProblem(code, host string, err error) error {
	return &app.Error{Code: app.CodeMailbox, Detail: code, Params: []string{host},
		Err: &mailProblem{code: code, host: host, err: err}}
}

// classifyMail gives the errors of package mailbox their class; others keep theirs.
func classifyMail(host string, err error) error {
	var known *app.Error
	if err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) {
		return err
	}
	var fault *mailbox.Fault
	if !errors.As(err, &fault) {
		return newMailProblem(string(mailbox.CodeUnreachable), host, err)
	}
	problem := &mailProblem{code: string(fault.Code), host: host, said: fault.ServerText, err: fault}
	if fault.Certificate != nil {
		problem.certificate = fault.Certificate.Problem
	}
	if _, worded := mailTexts[problem.code]; !worded {
		problem.code = string(mailbox.CodeUnavailable)
	}
	return &app.Error{Code: app.CodeMailbox, Detail: string(fault.Code), Params: []string{host}, Err: problem}
}
