using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Clinics;
using MesoClinic.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>Loads the clinic's rota from a day on.</summary>
internal sealed class RotaReader(ClinicDbContext db, CurrentClinic current)
{
    // Compiled once: every booking and every look at the calendar asks them.
    private static readonly PerModel<Func<ClinicDbContext, DateOnly, IAsyncEnumerable<Holiday>>> ReadHolidays = new(() => EF.CompileAsyncQuery((ClinicDbContext db, DateOnly from) =>
        db.Holidays.AsNoTracking().Where(holiday => holiday.Date >= from)));

    private static readonly PerModel<Func<ClinicDbContext, DateOnly, Guid?, IAsyncEnumerable<Member>>> ReadStaff = new(() => EF.CompileAsyncQuery((ClinicDbContext db, DateOnly from, Guid? practitionerId) =>
        db.Staff.AsNoTracking().Where(member => practitionerId == null || member.Id == practitionerId)
            .Select(member => new Member(member.Id, member.Name, member.Hours, member.Leave.Where(leave => leave.Until >= from).ToList())).AsSingleQuery()));

    /// <param name="from">Holidays and leave that ended before are left out.</param>
    /// <param name="practitionerId">Null: of everybody.</param>
    public async Task<(Rota Rota, Clinic Clinic)> FromAsync(DateOnly from, Guid? practitionerId, CancellationToken token)
    {
        var clinic = await current.GetAsync(token);
        var holidays = await ReadHolidays.For(db)(db, from).ToDictionaryAsync(holiday => holiday.Date, holiday => holiday.Name, cancellationToken: token);
        var staff = await ReadStaff.For(db)(db, from, practitionerId).ToListAsync(token);
        return (new Rota(clinic.Hours, holidays, staff.ToDictionary(member => member.Id, member => new Rota.Practitioner(member.Name, member.Hours, member.Leave))), clinic);
    }

    private sealed record Member(Guid Id, string Name, List<DayHours> Hours, List<Leave> Leave);
}
