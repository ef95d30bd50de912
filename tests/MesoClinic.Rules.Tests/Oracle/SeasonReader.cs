using System.Globalization;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>Reads whether the sun is strong: month and hemisphere, UV index, or a planned trip.</summary>
internal static class SeasonReader
{
    public static Reading UvSeason(UvSeasonPredicate predicate, Case facts)
    {
        var request = facts.Request;
        var sunny = request.Hemisphere switch
        {
            Hemisphere.North => predicate.MonthsNorth.Contains(facts.Date.Month),
            Hemisphere.South => predicate.MonthsSouth.Contains(facts.Date.Month),
            _ => predicate.TropicsAllYear,
        };
        if (sunny)
        {
            return Reading.Yes(() => request.Hemisphere == Hemisphere.Tropics
                ? "Strong sun all year in the tropics"
                : string.Create(CultureInfo.InvariantCulture, $"Sunny season: {facts.Date:MMMM}, {(request.Hemisphere == Hemisphere.North ? "northern" : "southern")} hemisphere"));
        }
        if (request.UvIndex >= predicate.UvIndexAtLeast)
        {
            return Reading.Yes(() => string.Create(CultureInfo.InvariantCulture, $"UV index {request.UvIndex:0.#}, limit {predicate.UvIndexAtLeast:0.#}"));
        }
        return AnswerReader.Answer(predicate.TravelQuestion, "yes", facts);
    }
}
