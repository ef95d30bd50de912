using MesoClinic.Application.Rules;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules;

namespace MesoClinic.Application.Sessions;

/// <summary>A patient's allergies as the chart has them now.</summary>
/// <param name="Allergens">alg-…</param>
/// <param name="ReviewedOn">When the list was last gone through; null = never.</param>
/// <param name="Hold">That review still counts today.</param>
public sealed record KnownAllergies(IReadOnlyList<string> Allergens, DateOnly? ReviewedOn, bool Hold)
{
    internal static KnownAllergies Of(Patient patient, IReadOnlyList<string> allergens, RuleBook book, DateOnly today) =>
        new(allergens, patient.AllergiesReviewedOn, FactsOf.IsReviewed(patient, book.Knowledge.Questions.Lists.Single(list => list.Id == "allergies"), today));
}
