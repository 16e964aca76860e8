package wire

import (
	"context"
	"strconv"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/mailbox"
	"dument/app/notice"
)

// translator turns the steps of package mailbox into those of the window.
func (i *Inbox) translator(ctx context.Context, box ledger.Mailbox) func(mailbox.Step) app.ProbeStep {
	trust := i.trust(ctx, box)
	looked := 0
	return func(step mailbox.Step) app.ProbeStep {
		made := app.ProbeStep{Name: string(step.Name), State: app.ProbeState(step.Status), Duration: step.Duration,
			Err: classifyMail(box.Host, step.Err)}
		if step.Status != mailbox.StepDone && step.Status != mailbox.StepWarning {
			return made
		}
		switch step.Name {
		case mailbox.StepResolve:
			made.Detail = []string{strconv.Itoa(step.Addresses)}
		case mailbox.StepConnect:
			made.Detail = []string{strconv.Itoa(step.Port)}
		case mailbox.StepTLS:
			made.Detail = []string{step.TLSVersion, ""}
			if !step.CertificateEnds.IsZero() {
				made.Detail[1] = date.Of(step.CertificateEnds.UTC()).String()
			}
		case mailbox.StepFolders:
			made.Detail, made.Choices = []string{strconv.Itoa(len(step.Folders))}, step.Folders
		case mailbox.StepRead:
			looked = step.Messages
			made.Detail = []string{strconv.Itoa(step.Messages), strconv.Itoa(step.Total)}
			made.Recognised = i.recognise(step.Sample, trust)
		case mailbox.StepAuthenticity:
			made.Detail = []string{"", "0", strconv.Itoa(looked)}
			for n, server := range step.AuthServers {
				made.Choices = append(made.Choices, server.ID)
				if n == 0 {
					made.Detail[0], made.Detail[1] = server.ID, strconv.Itoa(server.Messages)
				}
			}
		case mailbox.StepWaiting:
			made.Detail = []string{"poll"}
			if step.Idle {
				made.Detail[0] = "idle"
			}
		}
		return made
	}
}

// recognise counts the messages of a trial reading by class.
func (i *Inbox) recognise(sample []mailbox.Message, trust notice.Trust) map[string]int {
	counts := map[string]int{}
	for _, message := range sample {
		counts[string(i.house.App.Senders.Read(message.Raw, trust).Class)]++
	}
	return counts
}

// trust is what the trial reading goes by: the mailbox that is tried, with the accounts of the ledger.
func (i *Inbox) trust(ctx context.Context, box ledger.Mailbox) notice.Trust {
	settings, err := i.house.App.Settings(ctx)
	if err != nil {
		settings = ledger.Settings{} // counted with less knowledge; the trial itself goes on
	}
	settings.Mailbox = box
	return app.TrustOf(settings)
}
