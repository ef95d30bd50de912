using System.Security.Cryptography;
using System.Text.Json;
using MesoClinic.Data;
using MesoClinic.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Auditing;

/// <summary>The key that the audit chain is sealed with; kept outside the database.</summary>
public sealed record AuditKey(byte[] Bytes);

/// <summary>Notes what one operation did and read, and appends it to the chain.</summary>
public sealed class AuditTrail(ClinicDbContext db, CurrentUser user, AuditKey key, TimeProvider clock)
{
    /// <summary>Patients who read their own page, and lists of a day, are written down once in this time, not at each reload.</summary>
    public static readonly TimeSpan RepeatInterval = TimeSpan.FromMinutes(15);

    /// <summary>What the portal does by itself; no request bears this name.</summary>
    public const string OfferFromWaitlist = nameof(OfferFromWaitlist);

    private readonly List<Note> notes = [];

    /// <summary>The patient and record that the running command concerns.</summary>
    public Guid? PatientId { get; private set; }
    public Guid? RecordId { get; private set; }
    public string? Reason { get; private set; }

    /// <summary>What the running command changed of a person's contact data, a product's label or a recipe, or the hash of what it signed; never anything of a person's health.</summary>
    public string? Detail { get; private set; }

    public void Concerns(Guid? patientId, Guid? recordId = null, string? reason = null) =>
        (PatientId, RecordId, Reason) = (patientId ?? PatientId, recordId ?? RecordId, reason ?? Reason);

    public void Changed(string detail) => Detail = detail.Length > 0 ? detail : null;

    /// <summary>Writes the hash of what was signed into the chain: one that is computed anew in the database no longer fits it.</summary>
    public void Sealed(string contentHash) => Detail = SealOf(contentHash);

    public static string SealOf(string contentHash) => "Sealed as " + contentHash;

    /// <summary>Notes that a patient's record was read, under this name.</summary>
    public void Read(string what, Guid patientId, Guid? recordId = null) => notes.Add(new Note(what, "Read", patientId, recordId, null, null, MayBeRepeat: user.OwnPatients.Contains(patientId)));

    /// <summary>Notes what the portal did on its own while somebody's command ran: that person has seen nothing of this patient.</summary>
    public void ByPortal(string what, Guid patientId, Guid? recordId) => notes.Add(new Note(what, "Done", patientId, recordId, null, null, MayBeRepeat: false, ByPortal: true));

    /// <summary>Notes that a list told something out of each of these charts.</summary>
    public void Listed(string what, IEnumerable<Guid> patientIds) =>
        notes.AddRange(patientIds.Distinct().Select(patientId => new Note(what, "Read", patientId, null, null, null, MayBeRepeat: true)));

    public void Record(string action, string outcome) => notes.Add(new Note(action, outcome, PatientId, RecordId, Reason, Detail, MayBeRepeat: false));

    public void Forget()
    {
        notes.Clear();
        (PatientId, RecordId, Reason, Detail) = (null, null, null, null);
    }

    /// <summary>Whether anything waits to be written.</summary>
    public bool HasNotes => notes.Count > 0;

    /// <summary>Drops the repeats of what this person read a moment ago, in one query.</summary>
    public async Task ForgetRepeatsAsync(CancellationToken token)
    {
        var (patients, actions) = (new HashSet<Guid?>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var note in notes.Where(note => note.MayBeRepeat))
        {
            patients.Add(note.PatientId);
            actions.Add(note.Action);
        }

        if (patients.Count == 0)
        {
            return;
        }

        var since = clock.GetUtcNow().UtcDateTime - RepeatInterval;
        var written = (await db.AuditEntries.AsNoTracking()
            .Where(entry => entry.UserId == user.Id && patients.Contains(entry.PatientId) && entry.AtUtc > since && actions.Contains(entry.Action))
            .Select(entry => new { entry.PatientId, entry.Action }).Distinct().ToListAsync(token))
            .ConvertAll(entry => (entry.PatientId, entry.Action)).ToHashSet();
        notes.RemoveAll(note => note.MayBeRepeat && written.Contains((note.PatientId, note.Action)));
    }

    /// <summary>Appends all notes to the chain. Must run inside a transaction: updating the head first makes other writers wait their turn. The notes stay until <see cref="Written"/>, so that a second try after a failed commit loses none.</summary>
    public async Task AppendAsync(CancellationToken token)
    {
        var due = notes.Distinct().ToList();
        if (due.Count == 0)
        {
            return;
        }

        await db.AuditHeads.ExecuteUpdateAsync(head => head.SetProperty(h => h.Sequence, h => h.Sequence + due.Count), token);
        var head = await db.AuditHeads.AsNoTracking().SingleAsync(token);
        var sequence = head.Sequence - due.Count;
        var hash = head.Hash;
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var note in due)
        {
            sequence++;
            var by = note.ByPortal ? null : user.Id;
            var entry = new AuditEntry
            {
                Sequence = sequence,
                AtUtc = now,
                UserId = by,
                Action = note.Action,
                Outcome = note.Outcome,
                PatientId = note.PatientId,
                RecordId = note.RecordId,
                Reason = note.Reason,
                Detail = note.Detail,
                Correlation = user.Correlation,
                Hash = AuditChain.Link(key, hash, sequence, now, by, note.Action, note.Outcome, note.PatientId, note.RecordId, note.Reason, user.Correlation, note.Detail),
            };
            hash = entry.Hash;
            db.AuditEntries.Add(entry);
        }

        await db.SaveChangesAsync(token);
        await db.AuditHeads.ExecuteUpdateAsync(h => h.SetProperty(x => x.Hash, hash), token);
    }

    /// <summary>The transaction is committed: what was noted stands in the chain.</summary>
    public void Written() => notes.Clear();

    private sealed record Note(string Action, string Outcome, Guid? PatientId, Guid? RecordId, string? Reason, string? Detail, bool MayBeRepeat, bool ByPortal = false);
}

/// <summary>The chain itself: each hash is an HMAC-SHA-256 over the one before it and the row.</summary>
public static class AuditChain
{
    public static byte[] Link(
        AuditKey key, byte[] previous, long sequence, DateTime atUtc, Guid? userId, string action, string outcome, Guid? patientId, Guid? recordId, string? reason, string correlation,
        string? detail)
    {
        object?[] fields = [sequence, atUtc.Ticks, userId, action, outcome, patientId, recordId, reason, correlation];
        var row = JsonSerializer.SerializeToUtf8Bytes(detail is null ? fields : [.. fields, detail]);
        byte[] linked = [.. previous, .. row];
        return HMACSHA256.HashData(key.Bytes, linked);
    }

    public static byte[] Link(AuditKey key, byte[] previous, AuditEntry entry) => Link(
        key, previous, entry.Sequence, entry.AtUtc, entry.UserId, entry.Action, entry.Outcome, entry.PatientId, entry.RecordId, entry.Reason, entry.Correlation, entry.Detail);
}
