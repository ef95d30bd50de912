using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Clauses;

/// <summary>A recorded allergy to one of these.</summary>
internal sealed class AllergyClause(AllergyPredicate predicate, Keys keys) : Clause
{
    private readonly int[] allergens = keys.Of(Topic.Allergen, predicate.Allergens);

    public override int Commonness => 10;

    public override Truth Read(Case facts)
    {
        foreach (var allergy in facts.Patient.Allergies)
        {
            if (allergens.AsSpan().Contains(allergy.Key))
            {
                return Truth.Yes;
            }
        }
        return facts.NotOn(HistoryList.Allergies);
    }

    public override void Because(Case facts, List<string> words)
    {
        for (var i = 0; i < allergens.Length; i++)
        {
            if (Array.Exists(facts.Patient.Allergies, allergy => allergy.Key == allergens[i]))
            {
                words.Add(Sentences.Allergy(predicate.Allergens[i], facts.Book));
            }
        }
    }

    public override void Missing(Case facts, List<string> fields) => facts.AddUnlisted(HistoryList.Allergies, fields);

    public override void Subscribe(Subscriber rule)
    {
        rule.WaitFor(allergens);
        rule.WaitForUnlisted(HistoryList.Allergies);
    }
}

/// <summary>At least so many different allergies.</summary>
internal sealed class AllergyCountClause(AllergyCountPredicate predicate) : Clause
{
    public const string Quantity = "allergies";

    public override int Commonness => 20;

    public override Truth Read(Case facts) => facts.Patient.Allergies.Length >= predicate.AtLeast ? Truth.Yes : facts.NotOn(HistoryList.Allergies);

    public override void Because(Case facts, List<string> words) => words.Add($"{facts.Patient.Allergies.Length} allergies on record");

    public override void Missing(Case facts, List<string> fields) => facts.AddUnlisted(HistoryList.Allergies, fields);

    public override void Subscribe(Subscriber rule)
    {
        rule.WaitFor(Quantity, Comparison.Gte, predicate.AtLeast);
        rule.WaitForUnlisted(HistoryList.Allergies);
    }
}
