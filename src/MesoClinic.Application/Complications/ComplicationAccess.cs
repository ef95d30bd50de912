using MesoClinic.Application.Auditing;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Complications;
using MesoClinic.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Complications;

/// <summary>Whose entries of the complication log a member of staff may read: a manager all, a cosmetologist those of assigned patients.</summary>
public sealed class ComplicationAccess(ClinicDbContext db, CurrentUser user, PatientAccess patients, AuditTrail trail)
{
    public IQueryable<Complication> Visible()
    {
        var mine = patients.Assigned();
        return user.IsManager ? db.Complications : db.Complications.Where(c => mine.Any(patient => patient.Id == c.PatientId));
    }

    /// <summary>Signed sessions of the same patients: what a number of complications is compared with.</summary>
    public IQueryable<Session> SignedSessions()
    {
        var mine = patients.Assigned();
        var signed = db.Sessions.Where(session => session.SignedUtc != null);
        return user.IsManager ? signed : signed.Where(session => mine.Any(patient => patient.Id == session.PatientId));
    }

    /// <summary>One entry with its follow-ups, tracked; the read is written down. Null: missing, or not for this person.</summary>
    public async Task<Complication?> FindAsync(Guid id, string action, CancellationToken token)
    {
        var complication = await Visible().Include(c => c.FollowUps).SingleOrDefaultAsync(c => c.Id == id, token);
        if (complication is not null)
        {
            trail.Concerns(complication.PatientId, complication.Id);
            trail.Read(action, complication.PatientId, complication.Id);
        }

        return complication;
    }
}
