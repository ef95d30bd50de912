namespace MesoClinic.Application.Sessions;

/// <summary>Reads the end of the injections off the clinic's clock: not before they began, not still to come.</summary>
internal sealed class InjectionEnd(ClinicTime time)
{
    /// <summary>An end later than this after the start is a slip of the pen.</summary>
    private static readonly TimeSpan LongestSession = TimeSpan.FromHours(6);

    /// <summary>When injections that nobody has ended are over: now, or, of a record that was left behind, when even the longest session would be.</summary>
    public static DateTime AtTheLatest(DateTime started, DateTime now) => now - started > LongestSession ? started + LongestSession : now;

    /// <returns>The moment in UTC, or what is wrong with it.</returns>
    public async Task<(DateTime? Utc, string? Problem)> AtAsync(TimeOnly clock, DateTime started, CancellationToken token)
    {
        var startWall = await time.ToWallAsync(started, token);
        var (ended, problem) = await time.ToUtcAsync(startWall.Date + clock.ToTimeSpan(), token);

        // The clock on the page shows no seconds.
        var startMinute = started.AddTicks(-(started.Ticks % TimeSpan.TicksPerMinute));
        if (problem is null && ended < startMinute)
        {
            // Past midnight the clock is smaller than at the start.
            var (nextDay, none) = await time.ToUtcAsync(startWall.Date.AddDays(1) + clock.ToTimeSpan(), token);
            (ended, problem) = none is null && nextDay <= time.UtcNow && nextDay - started < LongestSession ? (nextDay, null) : (ended, problem);
        }

        return problem is not null ? (null, problem)
            : ended < startMinute ? (null, $"The injections began at {startWall:HH:mm}; they cannot end before.")
            : ended > time.UtcNow ? (null, "This time is still to come.")
            : ended - started > LongestSession ? (null, "This is more than six hours after the injections began. Write when they ended.")
            : (ended < started ? started : ended, null);
    }
}
