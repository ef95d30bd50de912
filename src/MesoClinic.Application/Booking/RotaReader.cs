using MesoClinic.Data;
using MesoClinic.Domain.Clinics;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>Loads the clinic's rota from a day on.</summary>
internal sealed class RotaReader(ClinicDbContext db)
{
    /// <param name="from">Holidays and leave that ended before are left out.</param>
    /// <param name="practitionerId">Null: of everybody.</param>
    public async Task<(Rota Rota, Clinic Clinic)> FromAsync(DateOnly from, Guid? practitionerId, CancellationToken token)
    {
        var clinic = await db.Clinics.AsNoTracking().SingleAsync(token);
        var holidays = await db.Holidays.AsNoTracking().Where(holiday => holiday.Date >= from).ToDictionaryAsync(holiday => holiday.Date, holiday => holiday.Name, token);
        var staff = await db.Staff.AsNoTracking().Where(member => practitionerId == null || member.Id == practitionerId)
            .Select(member => new { member.Id, member.Name, member.Hours, Leave = member.Leave.Where(leave => leave.Until >= from).ToList() })
            .ToListAsync(token);
        return (new Rota(clinic.Hours, holidays, staff.ToDictionary(member => member.Id, member => new Rota.Practitioner(member.Name, member.Hours, member.Leave))), clinic);
    }
}
