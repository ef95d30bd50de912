using System.Globalization;
using System.Text;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Sessions;

/// <summary>
/// The part of a consent that names what can go wrong. The table gives no figures, so how often is said in words only: what belongs to the ordinary course is usual; the rest is rarer
/// the more urgent it is.
/// </summary>
internal static class ConsentRisks
{
    private static readonly string[] OfAnaesthetics = ["cx-anaesthetic-toxicity", "cx-methaemoglobinaemia", "cx-allergic-local", "cx-urticaria-angioedema", "cx-anaphylaxis", "cx-sulfite-asthma"];

    public static string Write(RuleBook book, ConsentSubject subject, ConsentFacts facts)
    {
        var risks = Of(book, subject).ToList();
        var text = new StringBuilder();
        Append(text, "Usual, and passing by itself:", risks.Where(IsUsual), $"Call the clinic on {facts.ClinicPhone} if one of these lasts longer than that, or gets worse instead of better.");
        Append(text, "Occasional:", risks.Where(c => !IsUsual(c) && c.TriageLevel <= TriageLevel.CallClinic), $"Call the clinic on {facts.ClinicPhone} if you notice one of these.");
        Append(text, "Rare:", risks.Where(c => c.TriageLevel == TriageLevel.SeeDoctorToday), "A doctor must see this the same day: call the clinic, or a doctor on duty.");
        Append(text, "Very rare, but serious:", risks.Where(c => c.TriageLevel == TriageLevel.Emergency), $"Call {facts.EmergencyNumber} at once, then the clinic.");
        return text.ToString().TrimEnd();
    }

    /// <summary>What these ingredients and areas can bring. Needle risks always, those of a wrong indication never: they are the clinic's to avoid, not the patient's to bear.</summary>
    public static IEnumerable<Complication> Of(RuleBook book, ConsentSubject subject)
    {
        var planned = subject.Ingredients.Select(id => book.Ingredients[id]).ToList();
        return book.Knowledge.Complications.Where(c => !c.ProbableCauses.Contains("wrong-indication", StringComparer.Ordinal)
            && (subject.Kind != ConsentKind.Anaesthetic || OfAnaesthetics.Contains(c.Id, StringComparer.Ordinal))
            && c.Id switch
            {
                "cx-sulfite-asthma" => Contains("alg-sulfites"),
                "cx-propylene-glycol-reaction" => Contains("alg-propylene-glycol"),
                "cx-anaesthetic-toxicity" => OfClass("anaesthetic"),
                "cx-methaemoglobinaemia" => Planned("ing-prilocaine", "ing-lidocaine-prilocaine-cream", "ing-lidocaine"),
                "cx-lipodystrophy" or "cx-nerve-injury" => OfClass("lipolytic") || OfClass("corticosteroid"),
                "cx-thyroid-effect" => Planned("ing-tiratricol"),
                "cx-alopecia" => subject.Areas.Contains("scalp", StringComparer.Ordinal),
                "cx-visual-loss" or "cx-chlorhexidine-eye" => subject.Areas.Any(id => book.Areas[id].Groups.Contains("face", StringComparer.Ordinal)),
                _ => true,
            });

        bool Contains(string allergen) => planned.Exists(i => i.Allergens.Contains(allergen, StringComparer.Ordinal) || i.AllergensPossible.Contains(allergen, StringComparer.Ordinal));

        bool OfClass(string part) => planned.Exists(i => i.Class.Contains(part, StringComparison.Ordinal));

        bool Planned(params string[] ids) => planned.Exists(i => ids.Contains(i.Id, StringComparer.Ordinal));
    }

    private static bool IsUsual(Complication risk) => risk.TriageLevel == TriageLevel.SelfCare && risk.ProbableCauses.Contains("expected-course", StringComparer.Ordinal);

    private static void Append(StringBuilder text, string heading, IEnumerable<Complication> risks, string whenToCall)
    {
        var lines = risks.Select(risk => $"- {risk.Title}{Lasting(risk)}").ToList();
        if (lines.Count > 0)
        {
            text.Append(heading).Append('\n').AppendJoin('\n', lines).Append('\n').Append(whenToCall).Append('\n');
        }
    }

    private static string Lasting(Complication risk) => risk.ExpectedCourseHours switch
    {
        not { } => "",
        < 24 => ", for an hour or so",
        24 => ", for a day",
        var hours => string.Create(CultureInfo.InvariantCulture, $", for up to {hours / 24} days"),
    };
}
