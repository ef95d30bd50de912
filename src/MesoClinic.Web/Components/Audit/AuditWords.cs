using System.Text.RegularExpressions;
using MesoClinic.Application.Auditing;
using MesoClinic.Web.Components.Shared;

namespace MesoClinic.Web.Components.Audit;

/// <summary>"BookAppointment" as "Book appointment": the trail keeps the name of the request, people read words.</summary>
internal static partial class AuditWords
{
    public static string Action(string name)
    {
        var words = Capital().Replace(name, " $0").Trim().ToLowerInvariant();
        words = words.Replace(" api ", " API ", StringComparison.Ordinal);
        return words.Length == 0 ? "" : char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>Who it was, where the trail names no person.</summary>
    public static string Nobody(string action) => action == AuditTrail.OfferFromWaitlist ? "The portal itself" : "Not signed in";

    public static string Outcome(string outcome) => outcome switch
    {
        "Done" => "Done",
        "Read" => "Read",
        "ReasonNeeded" => "Refused: no reason given",
        "Contraindicated" => "Refused by the rule book",
        "NotFound" or "Forbidden" => "Refused",
        "Invalid" => "Refused: not filled in right",
        "Conflict" or "Stale" => "Refused: changed meanwhile",
        "Paused" => "Refused: sign-in paused",
        _ => Action(outcome),
    };

    [GeneratedRegex("[A-Z]", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Capital();
}

internal static class AuditTabs
{
    public static readonly IReadOnlyList<TabLinks.Tab> All = [new("audit", "All entries"), new("audit/charts", "Charts opened with a reason")];
}
