using MesoClinic.Application.Booking;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Sessions;

/// <summary>Whether the tables know everything that a draft names.</summary>
internal static class DraftIds
{
    public static Failure.Invalid? WhyNot(SaveSessionDraft.Command command, RuleBook book)
    {
        var knowledge = book.Knowledge;
        return !command.Areas.TrueForAll(book.Areas.ContainsKey) ? new(nameof(SaveSessionDraft.Command.Areas), "One of these areas is not in the tables.")
            : command.Technique is { } technique && !BookingChoices.IsTechnique(knowledge, technique) ? new(nameof(SaveSessionDraft.Command.Technique), "Choose a technique of the list.")
            : command.Administration is { } by && !(book.Techniques.TryGetValue(by, out var way) && way.Kind == TechniqueKind.Administration) ? new(nameof(SaveSessionDraft.Command.Administration), "Choose by hand or by device.")
            : command.Indication is { } indication && !book.Indications.ContainsKey(indication) ? new(nameof(SaveSessionDraft.Command.Indication), "Choose an indication of the list.")
            : !command.Reactions.TrueForAll(r => r.Complication.Length == 0 || knowledge.Complications.Any(row => row.Id == r.Complication)) ? new(nameof(SaveSessionDraft.Command.Reactions), "One of these reactions is not in the tables.")
            : command.AsepsisDone.Except(knowledge.AsepsisSteps.Select(s => s.Id), StringComparer.Ordinal).Any() ? new(nameof(SaveSessionDraft.Command.AsepsisDone), "One of these steps is not in the tables.")
            : null;
    }
}
