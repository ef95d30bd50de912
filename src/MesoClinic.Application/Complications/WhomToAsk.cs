using System.Globalization;
using MesoClinic.Application.Booking;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Complications;

/// <summary>When the clinic can be reached, and whom to ask when it is closed.</summary>
internal static class WhomToAsk
{
    private const int LooksAhead = 31;

    public static async Task<string> AtAsync(ClinicDbContext db, DateTimeOffset now, CancellationToken token)
    {
        var clinic = await db.Clinics.AsNoTracking().Select(c => new { c.Hours, c.OutOfHoursAdvice }).SingleAsync(token);
        var today = DateOnly.FromDateTime(now.DateTime);
        var holidays = await db.Holidays.Where(holiday => holiday.Date >= today).ToDictionaryAsync(holiday => holiday.Date, holiday => holiday.Name, token);
        var rota = new Rota(clinic.Hours, holidays, new Dictionary<Guid, Rota.Practitioner>());
        var (hour, advice) = (TimeOnly.FromDateTime(now.DateTime), clinic.OutOfHoursAdvice.Trim());
        var open = rota.OpenOn(today);
        if (open is not null && hour >= open.From && hour < open.To)
        {
            return $"Open until {Clock(open.To)}. {advice}".TrimEnd();
        }

        var next = Enumerable.Range(open is not null && hour < open.From ? 0 : 1, LooksAhead).Select(today.AddDays).FirstOrDefault(day => rota.OpenOn(day) is not null);
        return next == default ? $"Closed now. {advice}".TrimEnd()
            : $"Closed now, open {(next == today ? "" : next == today.AddDays(1) ? "tomorrow " : $"on {next.ToString("dddd d MMMM", CultureInfo.InvariantCulture)} ")}from {Clock(rota.OpenOn(next)!.From)}. {advice}".TrimEnd();
    }

    private static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
