namespace MesoClinic.Rules.Facts;

internal static class Ages
{
    /// <summary>Age in completed years; null when the date of birth is not known. Somebody born on 29 February turns a year older on 28 February of a common year.</summary>
    public static int? On(DateOnly day, DateOnly? birthDate)
    {
        if (birthDate is not { } birth)
        {
            return null;
        }
        var years = day.Year - birth.Year;
        return birth.AddYears(years) > day ? years - 1 : years;
    }
}
