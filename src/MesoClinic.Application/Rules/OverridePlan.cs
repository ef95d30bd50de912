using MesoClinic.Application.Sessions;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>What a physician is asked about: the appointment as it was last judged, or the open record of its session, whose cocktail and volumes may differ from what was booked.</summary>
public sealed class OverridePlan(ClinicDbContext db, ClinicAssessor assessor, SessionReview review)
{
    public async Task<(AssessmentRequest Request, Session? Record)> OfAsync(Appointment appointment, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(appointment);
        var open = await db.Sessions.Where(s => s.AppointmentId == appointment.Id && s.SignedUtc == null && s.AbortedUtc == null && s.Cocktail.Any()).Select(s => (Guid?)s.Id).SingleOrDefaultAsync(token);
        if (open is { } id && await review.LoadAsync(id, token) is { } record)
        {
            return (await review.RequestSoFarAsync(record, token), record);
        }

        var stage = await db.Assessments.Where(a => a.Id == appointment.AssessmentId).Select(a => a.Facts).SingleOrDefaultAsync(token) is { Stage: Stage.Visit } ? Stage.Visit : Stage.Booking;
        var request = await assessor.RequestAsync(appointment, DateOnly.FromDateTime(appointment.WallStart), stage, token);
        return (request, null);
    }
}
