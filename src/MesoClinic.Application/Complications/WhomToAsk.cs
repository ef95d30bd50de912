using System.Globalization;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Complications;

/// <summary>When the clinic can be reached, and whom to ask when it is closed.</summary>
internal static class WhomToAsk
{
    public static async Task<string> AtAsync(ClinicDbContext db, DateTimeOffset now, CancellationToken token)
    {
        var clinic = await db.Clinics.AsNoTracking().Select(c => new { c.OpensAt, c.ClosesAt, c.OutOfHoursAdvice }).SingleAsync(token);
        var hour = TimeOnly.FromDateTime(now.DateTime);
        var advice = clinic.OutOfHoursAdvice.Trim();
        return hour >= clinic.OpensAt && hour < clinic.ClosesAt
            ? $"Open until {Clock(clinic.ClosesAt)}. {advice}".TrimEnd()
            : $"Closed now, open from {Clock(clinic.OpensAt)}. {advice}".TrimEnd();
    }

    private static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
