using System.Globalization;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Sessions;
using MesoClinic.Data;
using MesoClinic.Domain.Photos;
using MesoClinic.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Photos;

/// <summary>When a photo may be added, and when those that exist may be seen: while the patient's own consent to photographs counts.</summary>
public sealed class PhotoRules(ClinicDbContext db, PatientAccess access, SessionReview review, PhotoLimits limits)
{
    public const string NoConsent = "The patient has not agreed to photographs, or has withdrawn it. Have the consent to photographs signed first.";

    public async Task<bool> MayBeSeenAsync(Guid patientId, CancellationToken token)
    {
        var patient = await db.Patients.AsNoTracking().SingleAsync(p => p.Id == patientId, token);
        return (await review.ValidConsentsAsync(patient, token)).Exists(consent => consent.Kind == ConsentKind.Photos);
    }

    /// <summary>Why this person may not add a photo here; null when they may. Asked before the file is taken in, and again when its record is written.</summary>
    public async Task<Failure?> WhyNotAsync(Guid patientId, Guid? sessionId, string view, CancellationToken token)
    {
        if (await access.ToChartAsync(patientId, "Photos", token, sessionId) is { } refusal)
        {
            return refusal;
        }

        if (sessionId is { } id && await db.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.PatientId == patientId, token) is var session
            && (session is null || session.IsSigned))
        {
            return session is null ? new Failure.NotFound() : new Failure.Conflict("This session is signed: its photos are part of it. Add new ones on the patient’s page of photos.");
        }

        if (!PhotoViews.All.Contains(view, StringComparer.Ordinal))
        {
            return new Failure.Invalid("View", "Choose a view of the list.");
        }

        if (!await MayBeSeenAsync(patientId, token))
        {
            return new Failure.Conflict(NoConsent);
        }

        var standing = db.Photos.Where(photo => photo.PatientId == patientId && photo.RemovedUtc == null);
        return sessionId is not null && await standing.CountAsync(photo => photo.SessionId == sessionId, token) >= limits.PerSession
                ? new Failure.Conflict(string.Create(CultureInfo.InvariantCulture, $"This session has {limits.PerSession} photos already, the most that are kept. Remove one first."))
            : await standing.CountAsync(token) >= limits.PerPatient
                ? new Failure.Conflict(string.Create(CultureInfo.InvariantCulture, $"This patient has {limits.PerPatient} photos already, the most that are kept. Remove some first."))
            : null;
    }
}
