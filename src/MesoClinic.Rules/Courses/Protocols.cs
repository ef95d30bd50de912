using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Courses;

/// <summary>From a reason for treatment to the course that the tables recommend.</summary>
public static class Protocols
{
    /// <summary>The recommended course of an indication for a patient. It recommends; whether it may be done is for the assessment to say.</summary>
    /// <param name="indication">Id (ind-…).</param>
    /// <param name="birthDate">Null = not known.</param>
    /// <param name="day">The day on which the age is judged: that of the first session.</param>
    /// <returns>The course; null when the tables do not know the indication.</returns>
    public static Protocol? For(RuleBook book, string indication, DateOnly? birthDate, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(indication);
        if (!book.Indications.TryGetValue(indication, out var row))
        {
            return null;
        }
        return new Protocol(
            row.Id,
            row.Title,
            new NumberRange(row.SessionsMin, row.SessionsMax),
            new NumberRange(row.IntervalDaysMin, row.IntervalDaysMax),
            row.Techniques,
            row.TypicalIngredients,
            row.ResultAfterSessions,
            row.ExpectedOnset,
            new AgeBand(row.MinAge, row.WeakerEffectAfterAge, row.AgeNote, Fit(row, Ages.On(day, birthDate))),
            row.ProtocolBasis,
            row.Note,
            row.Sources,
            row.ReviewStatus);
    }

    private static AgeFit Fit(Indication row, int? age) => age switch
    {
        null => AgeFit.Unknown,
        var years when years < row.MinAge => AgeFit.TooYoung,
        var years when years > row.WeakerEffectAfterAge => AgeFit.WeakerEffect,
        _ => AgeFit.Suitable,
    };
}
