using System.Globalization;
using System.Text;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Sessions;

/// <summary>The wording of the treatment consent. Whoever changes it gives it a new <see cref="Version"/>; signed texts stay as they were.</summary>
public static class ConsentTemplate
{
    public const string Version = "treatment-1";

    /// <summary>The text for this patient and this treatment, risks from the complications table.</summary>
    public static string Write(RuleBook book, Patient patient, IReadOnlyList<string> areas, string technique, IReadOnlyList<string> ingredients)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(patient);
        var risks = Risks(book, areas, ingredients).ToLookup(c => c.TriageLevel);
        var text = new StringBuilder();
        text.AppendLine("Consent to mesotherapy").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Patient: {patient.FullName}, born {patient.BirthDate:d MMMM yyyy}").AppendLine();
        text.AppendLine("What is planned");
        text.AppendLine(CultureInfo.InvariantCulture, $"Areas: {Join(areas.Select(id => book.Areas[id].Title))}.");
        text.AppendLine(CultureInfo.InvariantCulture, $"Technique: {book.TitleOf(technique)}.");
        text.AppendLine(CultureInfo.InvariantCulture, $"Ingredients: {Join(ingredients.Select(id => book.Ingredients[id].Title))}.");
        text.AppendLine("A small test dose may be given first. The treatment consists of many small injections into the skin. It is elective: not having it does no harm to health.").AppendLine();
        text.AppendLine("What can happen");
        AppendRisks(text, "Usual, and passing by itself", risks[TriageLevel.SelfCare]);
        AppendRisks(text, "Less common; tell the clinic, some need a doctor", risks[TriageLevel.CallClinic].Concat(risks[TriageLevel.SeeDoctorToday]));
        AppendRisks(text, "Rare, but serious; they need help at once", risks[TriageLevel.Emergency]);
        text.AppendLine("No particular result can be promised.").AppendLine();
        text.AppendLine("What I confirm");
        text.AppendLine("I was told what is done, why, what it can and cannot achieve, which other ways there are, and what I must and must not do before and afterwards.");
        text.AppendLine("I could ask everything I wanted to ask, and I had time to think.");
        text.AppendLine("I answered the questions about my health truthfully: illnesses, medicines, allergies, pregnancy and earlier treatments. I will say so before the next treatment if anything changes.");
        text.AppendLine("I agree to the areas, the technique and the ingredients named above, and to nothing beyond them. Anything added needs a new consent.");
        text.AppendLine("I can withdraw this consent at any time, without giving a reason and without disadvantage.");
        return text.ToString().TrimEnd();
    }

    private static void AppendRisks(StringBuilder text, string heading, IEnumerable<Complication> risks)
    {
        var titles = Join(risks.Select(c => c.Title));
        if (titles.Length > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{heading}: {titles}.");
        }
    }

    /// <summary>Needle risks always, except those of a wrong indication; product risks where an ingredient or area brings them.</summary>
    private static IEnumerable<Complication> Risks(RuleBook book, IReadOnlyList<string> areas, IReadOnlyList<string> ingredients)
    {
        var planned = ingredients.Select(id => book.Ingredients[id]).ToList();
        return book.Knowledge.Complications.Where(c => !c.ProbableCauses.Contains("wrong-indication", StringComparer.Ordinal) && c.Id switch
        {
            "cx-sulfite-asthma" => Contains("alg-sulfites"),
            "cx-propylene-glycol-reaction" => Contains("alg-propylene-glycol"),
            "cx-anaesthetic-toxicity" => OfClass("anaesthetic"),
            "cx-methaemoglobinaemia" => Planned("ing-prilocaine", "ing-lidocaine-prilocaine-cream", "ing-lidocaine"),
            "cx-lipodystrophy" or "cx-nerve-injury" => OfClass("lipolytic") || OfClass("corticosteroid"),
            "cx-thyroid-effect" => Planned("ing-tiratricol"),
            "cx-alopecia" => areas.Contains("scalp", StringComparer.Ordinal),
            "cx-visual-loss" or "cx-chlorhexidine-eye" => areas.Any(id => book.Areas[id].Groups.Contains("face", StringComparer.Ordinal)),
            _ => true,
        });

        bool Contains(string allergen) => planned.Exists(i => i.Allergens.Contains(allergen, StringComparer.Ordinal) || i.AllergensPossible.Contains(allergen, StringComparer.Ordinal));

        bool OfClass(string part) => planned.Exists(i => i.Class.Contains(part, StringComparison.Ordinal));

        bool Planned(params string[] ids) => planned.Exists(i => ids.Contains(i.Id, StringComparer.Ordinal));
    }

    private static string Join(IEnumerable<string> titles) => string.Join("; ", titles);
}
