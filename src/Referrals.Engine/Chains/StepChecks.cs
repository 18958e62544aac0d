namespace Referrals.Engine.Chains;

/// <summary>Checks a step by itself: who, by when, with what result, with which facts.</summary>
internal sealed class StepChecks(ChainVersion chain, FaultList faults)
{
    private readonly HashSet<string> _facts = [.. chain.Facts.Select(f => f.Name)];
    private readonly HashSet<string> _outcomes = [.. OutcomeCodes.Common, .. chain.Outcomes.Select(o => o.Code)];

    public void Check(ChainNode.Step step, string path)
    {
        if (step.Service.Length == 0)
        {
            faults.Add($"{path}.service", "service-missing", step, "Es ist keine Leistung gewählt.", "no service is chosen.");
        }
        else
        {
            ChainValidation.CheckCode($"{path}.service", step.Service, faults);
        }

        CheckPartners(step, path);
        CheckOffer(step, path);
        CheckTimes(step, path);
        CheckOutcomes(step, path);
        CheckFacts(step, step.PassFacts, $"{path}.passFacts");
        CheckFacts(step, step.ReturnFacts, $"{path}.returnFacts");
        if (step.ReturnFacts.Count > 0 && step.Feedback == Feedback.TookPlace)
        {
            faults.Add(
                $"{path}.returnFacts", "return-facts-masked", step,
                "Angaben kommen nur zurück, wenn die Rückmeldung „Ergebnis und Angaben“ (outcome-and-facts) vereinbart ist.",
                "facts come back only where the feedback agreed is outcome-and-facts.");
        }
    }

    private void CheckPartners(ChainNode.Step step, string path)
    {
        ChainValidation.CheckLength($"{path}.partners", step.Partners.Count, faults);
        if (step.Partners.Count == 0)
        {
            faults.Add($"{path}.partners", "partners-empty", step, "Es ist kein Partner genannt.", "no partner is named.");
        }

        var seen = new HashSet<OrganisationId>();
        for (var i = 0; i < step.Partners.Count; i++)
        {
            ChainValidation.CheckCode($"{path}.partners[{i}]", step.Partners[i].Value, faults);
            if (!seen.Add(step.Partners[i]))
            {
                faults.Add($"{path}.partners[{i}]", "partner-twice", step, $"Der Partner „{step.Partners[i]}“ ist zweimal genannt.", $"the partner “{step.Partners[i]}” is named twice.");
            }
        }
    }

    private void CheckOffer(ChainNode.Step step, string path)
    {
        if (step.Offer != OfferMode.InOrder && step.Partners.Count == 1)
        {
            faults.Add(
                $"{path}.offer", "offer-needs-two", step,
                "Auswählen oder gleichzeitig anbieten lässt sich nur bei mindestens zwei Partnern.",
                "choosing a partner or offering to several needs at least two partners.");
        }

        if (step is { Offer: OfferMode.Chosen, OnDecline: DeclinePath.NextPartner })
        {
            faults.Add(
                $"{path}.onDecline", "chosen-has-no-next", step,
                "Wo die Fachkraft den Partner auswählt, gibt es keinen nächsten; möglich sind zurück zur Fachkraft (back-to-caseworker) oder überspringen (skip).",
                "where the caseworker picks the partner there is no next one; use back-to-caseworker or skip.");
        }
    }

    private void CheckTimes(ChainNode.Step step, string path)
    {
        CheckRange(step, $"{path}.acknowledgeWithin", step.AcknowledgeWithin, 1, ChainLimits.AcknowledgeWithin);
        CheckRange(step, $"{path}.completeWithin", step.CompleteWithin, 1, ChainLimits.CompleteWithin);
        CheckRange(step, $"{path}.escalateAfter", step.EscalateAfter, 0, ChainLimits.EscalateAfter);
        var shortest = Math.Min(step.AcknowledgeWithin, step.CompleteWithin ?? int.MaxValue);
        if (step.RemindBefore is < 0 || step.RemindBefore >= shortest)
        {
            faults.Add(
                $"{path}.remindBefore", "reminder-range", step,
                $"Die Erinnerung liegt nicht innerhalb jeder Frist: 0 bis {shortest - 1} Arbeitstage vorher.",
                $"the reminder is not within every time agreed: 0 to {shortest - 1} working days before.");
        }
    }

    private void CheckRange(ChainNode.Step step, string path, int? days, int min, int max)
    {
        if (days == 0 && min > 0)
        {
            faults.Add(path, "time-missing", step, $"Es fehlt eine Zeit von {min} bis {max} Arbeitstagen.", $"a time of {min} to {max} working days is missing.");
        }
        else if (days < min || days > max)
        {
            faults.Add(path, "time-range", step, $"{days} Arbeitstage liegen nicht zwischen {min} und {max}.", $"{days} working days are not between {min} and {max}.");
        }
    }

    private void CheckOutcomes(ChainNode.Step step, string path)
    {
        ChainValidation.CheckLength($"{path}.outcomes", step.Outcomes.Count, faults);
        if (step.Outcomes.Count == 0)
        {
            faults.Add($"{path}.outcomes", "outcomes-empty", step, "Es ist kein Ergebnis vereinbart.", "no outcome is agreed.");
        }

        var seen = new HashSet<string>();
        for (var i = 0; i < step.Outcomes.Count; i++)
        {
            var code = step.Outcomes[i];
            if (OutcomeCodes.Reserved.Contains(code))
            {
                faults.Add($"{path}.outcomes[{i}]", "outcome-reserved", step, $"„{code}“ meldet das Programm selbst und ist kein Ergebnis eines Partners.", $"“{code}” is reported by the program itself and is no outcome of a partner.");
            }
            else if (!_outcomes.Contains(code))
            {
                faults.Add($"{path}.outcomes[{i}]", "outcome-unknown", step, $"Das Ergebnis „{code}“ ist weder allgemein bekannt noch in der Kette erklärt.", $"the outcome “{code}” is neither a common one nor declared in the chain.");
            }

            if (!seen.Add(code))
            {
                faults.Add($"{path}.outcomes[{i}]", "code-twice", step, $"Das Ergebnis „{code}“ ist zweimal genannt.", $"the outcome “{code}” is named twice.");
            }
        }
    }

    private void CheckFacts(ChainNode.Step step, IReadOnlyList<string> facts, string path)
    {
        ChainValidation.CheckLength(path, facts.Count, faults);
        var seen = new HashSet<string>();
        for (var i = 0; i < facts.Count; i++)
        {
            if (!_facts.Contains(facts[i]))
            {
                faults.Add($"{path}[{i}]", "fact-undeclared", step, $"Die Angabe „{facts[i]}“ ist in der Kette nicht erklärt.", $"the fact “{facts[i]}” is not declared in the chain.");
            }

            if (!seen.Add(facts[i]))
            {
                faults.Add($"{path}[{i}]", "code-twice", step, $"Die Angabe „{facts[i]}“ ist zweimal genannt.", $"the fact “{facts[i]}” is named twice.");
            }
        }
    }
}
