namespace MesoClinic.Rules.Facts;

/// <summary>How old somebody is, for everything that asks. Somebody born on 29 February turns a year older on 1 March of other years: a minor is never taken for an adult a day early.</summary>
public static class Ages
{
    /// <summary>From this age on a patient decides and signs for themselves.</summary>
    public const int Adult = 18;

    /// <summary>Whoever was born on this day or before is of age on <paramref name="day"/>; for queries, which cannot count years.</summary>
    public static DateOnly LatestBirthOfAdults(DateOnly day) => day.AddYears(-Adult);

    /// <summary>Age in completed years.</summary>
    public static int On(DateOnly day, DateOnly birthDate)
    {
        var years = day.Year - birthDate.Year;
        return Birthday(birthDate, day.Year) > day ? years - 1 : years;
    }

    /// <summary>Age in completed years; null when the date of birth is not known.</summary>
    public static int? On(DateOnly day, DateOnly? birthDate) => birthDate is { } birth ? On(day, birth) : null;

    /// <summary>The day of that year on which somebody turns a year older.</summary>
    public static DateOnly Birthday(DateOnly birthDate, int year) =>
        birthDate is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(year) ? new DateOnly(year, 3, 1) : new DateOnly(year, birthDate.Month, birthDate.Day);
}
