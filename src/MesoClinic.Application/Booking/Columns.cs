using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>In whose column this person may book, move and cancel: always their own, a colleague's where the clinic's settings allow it.</summary>
internal sealed class Columns(ClinicDbContext db, CurrentUser user)
{
    public static readonly Failure.Conflict OfAColleague = new("In this clinic everybody keeps their own column. Ask the colleague whose appointment it is to change it.");

    public async Task<bool> AreOpenAsync(IEnumerable<Guid> practitioners, CancellationToken token) =>
        practitioners.All(id => id == user.Id) || await db.Clinics.Select(clinic => clinic.AnyoneBooksAnyColumn).SingleAsync(token);
}
