namespace MesoClinic.Application;

/// <summary>The clinic's clock: what day it is there, and how its wall clock maps to instants.</summary>
public sealed class ClinicTime(CurrentClinic clinic, TimeProvider clock)
{
    private TimeZoneInfo? zone;

    public DateTime UtcNow => clock.GetUtcNow().UtcDateTime;

    public async Task<TimeZoneInfo> ZoneAsync(CancellationToken token) =>
        zone ??= TimeZoneInfo.FindSystemTimeZoneById((await clinic.GetAsync(token)).TimeZone);

    public async Task<DateOnly> TodayAsync(CancellationToken token) => DateOnly.FromDateTime(await ToWallAsync(UtcNow, token));

    public async Task<DateTime> ToWallAsync(DateTime utc, CancellationToken token) =>
        DateTime.SpecifyKind(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), await ZoneAsync(token)), DateTimeKind.Unspecified);

    /// <summary>The instant of a wall-clock time, or why there is none: the hour that daylight saving skips, or the one that comes twice.</summary>
    public async Task<(DateTime Utc, string? Problem)> ToUtcAsync(DateTime wall, CancellationToken token) => ToUtc(wall, await ZoneAsync(token));

    /// <summary>The same on another clock than the clinic's of now.</summary>
    public static (DateTime Utc, string? Problem) ToUtc(DateTime wall, TimeZoneInfo clinicZone)
    {
        ArgumentNullException.ThrowIfNull(clinicZone);
        var at = DateTime.SpecifyKind(wall, DateTimeKind.Unspecified);
        return clinicZone.IsInvalidTime(at) ? (default, "The clocks go forward that day: this time does not exist. Choose another.")
            : clinicZone.IsAmbiguousTime(at) ? (default, "The clocks go back that day: this time comes twice. Choose another.")
            : (TimeZoneInfo.ConvertTimeToUtc(at, clinicZone), null);
    }

    /// <summary>First and last instant of a day on the clinic's calendar.</summary>
    public async Task<(DateTime FromUtc, DateTime UntilUtc)> DayAsync(DateOnly day, CancellationToken token)
    {
        var clinicZone = await ZoneAsync(token);
        return (StartOf(day), StartOf(day.AddDays(1)));

        // In zones that change at midnight the day starts at the first minute that exists.
        DateTime StartOf(DateOnly date)
        {
            var start = date.ToDateTime(TimeOnly.MinValue);
            while (clinicZone.IsInvalidTime(start))
            {
                start = start.AddMinutes(15);
            }

            return TimeZoneInfo.ConvertTimeToUtc(start, clinicZone);
        }
    }
}
