using MesoClinic.Domain.Sessions;

namespace MesoClinic.Application.Sessions;

/// <summary>Reads the end of the injections off the clinic's clock: not before they began, not after they were stopped, not still to come.</summary>
internal sealed class InjectionEnd(ClinicTime time)
{
    /// <param name="stopped">After it nothing was injected; null = the session goes on.</param>
    /// <returns>The moment in UTC, or what is wrong with it.</returns>
    public async Task<(DateTime? Utc, string? Problem)> AtAsync(TimeOnly clock, DateTime started, DateTime? stopped, CancellationToken token)
    {
        var latest = stopped ?? time.UtcNow;
        var startWall = await time.ToWallAsync(started, token);
        var (ended, problem) = await time.ToUtcAsync(startWall.Date + clock.ToTimeSpan(), token);

        // The clock on the page shows no seconds.
        var startMinute = started.AddTicks(-(started.Ticks % TimeSpan.TicksPerMinute));
        if (problem is null && ended < startMinute)
        {
            // Past midnight the clock is smaller than at the start.
            var (nextDay, none) = await time.ToUtcAsync(startWall.Date.AddDays(1) + clock.ToTimeSpan(), token);
            (ended, problem) = none is null && nextDay <= latest && nextDay - started < Session.LongestInjections ? (nextDay, null) : (ended, problem);
        }

        return problem is not null ? (null, problem)
            : ended < startMinute ? (null, $"The injections began at {startWall:HH:mm}; they cannot end before.")
            : ended > latest ? (null, stopped is { } utc ? $"The session was stopped at {await time.ToWallAsync(utc, token):HH:mm}; nothing was injected after that." : "This time is still to come.")
            : ended - started > Session.LongestInjections ? (null, "This is more than six hours after the injections began. Write when they ended.")
            : (ended < started ? started : ended, null);
    }
}
