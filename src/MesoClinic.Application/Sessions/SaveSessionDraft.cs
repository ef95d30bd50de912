using System.Globalization;
using MediatR;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Sessions.Mapping;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>Keeps what stands in the recorder. After the start a change of what is injected is judged like the start itself.</summary>
public static partial class SaveSessionDraft
{
    [Requires(Permission.RecordSessions)]
    public sealed class Command : ICommand<Guid>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid SessionId { get; set; }
        public Guid Version { get; set; }
        public string? Indication { get; set; }
        public List<string> Areas { get; set; } = [];
        public string? Technique { get; set; }
        public string? Administration { get; set; }
        public decimal? NeedleOuterDiameterMm { get; set; }
        public decimal? DepthMm { get; set; }
        public decimal? VolumePerInjectionMl { get; set; }
        public int? Points { get; set; }

        /// <summary>The points on the map, by area, side and view; each area is one of <see cref="Areas"/>.</summary>
        public List<Site> Sites { get; set; } = [];
        public string? InjectionSpeed { get; set; }
        public List<Line> Lines { get; set; } = [];
        public List<string> AsepsisDone { get; set; } = [];

        /// <summary>Every ampoule that counts was confirmed as new and sealed. A line that comes later, another lot and one ampoule more are not.</summary>
        public bool NewSealedAmpoules => Lines.Count > 0 && Counted().TrueForAll(line => line.SealedAmpoules >= (line.Ampoules ?? 1));
        public List<string> Acknowledged { get; set; } = [];
        public string Notes { get; set; } = "";

        /// <summary>From 0 (none) to 10 (the worst imaginable), as the patient says.</summary>
        public int? PainScore { get; set; }
        public bool? AnaestheticCream { get; set; }

        /// <summary>The lot of its tube; null = no cream, or not noted.</summary>
        public Guid? CreamLotId { get; set; }

        /// <summary>The tube was used up, and leaves the stock with the signature.</summary>
        public bool CreamTubeEmpty { get; set; }
        public int? ObservedMinutes { get; set; }
        public List<Reaction> Reactions { get; set; } = [];
        public string StepsLeftOut { get; set; } = "";

        /// <summary>End of the injections on the clinic's clock; null = not noted yet, or assumed.</summary>
        public TimeOnly? EndedAt { get; set; }

        /// <summary>Why the session is about to be stopped; it counts once it is.</summary>
        public string StopReason { get; set; } = "";

        /// <summary>The areas as they will be kept.</summary>
        public List<TreatedArea> Treated() => Areas.ConvertAll(area => new TreatedArea { Area = area, Sites = [.. Sites.Where(site => site.Area == area && !site.IsEmpty).Select(site => site.Kept())] });

        /// <summary>"All ampoules are new and were sealed", said of the lines that stand here now.</summary>
        public void ConfirmSealed(bool sealedAndNew = true) => Lines.ForEach(line => line.SealedAmpoules = sealedAndNew ? line.Ampoules ?? 1 : 0);

        /// <summary>Without what was entered by mistake.</summary>
        public List<Line> Counted() => Lines.FindAll(line => line.Mistake is null);

        public InjectionTotals Totals() => InjectionTotals.Of(Treated(), DepthMm, VolumePerInjectionMl, Points);
    }

    /// <summary>One side of an area on one view.</summary>
    public sealed class Site
    {
        public string View { get; set; } = "";
        public string Area { get; set; } = "";
        public string Side { get; set; } = "";

        /// <summary>In mm, and in ml; null = as for the whole session.</summary>
        public decimal? DepthMm { get; set; }
        public decimal? VolumePerPointMl { get; set; }
        public bool Done { get; set; }

        /// <summary>Replaced as a whole, never changed inside.</summary>
        public IReadOnlyList<InjectionPoint> Points { get; set; } = [];

        /// <summary>The map as it was when the record was signed; never saved from here.</summary>
        public DrawnArea? Drawn { get; init; }

        /// <summary>Nothing is recorded here: as if it did not stand in the draft.</summary>
        internal bool IsEmpty => Points.Count == 0 && DepthMm is null && VolumePerPointMl is null;

        internal static Site Of(string area, InjectionSite kept) =>
            new() { View = kept.View, Area = area, Side = kept.Side, DepthMm = kept.DepthMm, VolumePerPointMl = kept.VolumePerPointMl, Done = kept.Done, Points = kept.Points, Drawn = kept.Drawn };

        internal InjectionSite Kept() => new() { View = View, Side = Side, DepthMm = DepthMm, VolumePerPointMl = VolumePerPointMl, Done = Done, Points = Points };
    }

    /// <summary>Something that happened to the patient during the session.</summary>
    public sealed class Reaction
    {
        public DateTime AtUtc { get; set; }

        /// <summary>cx-…; empty = not in the tables.</summary>
        public string Complication { get; set; } = "";
        public string Text { get; set; } = "";
        public string Action { get; set; } = "";
    }

    public sealed class Line
    {
        /// <summary>What was confirmed of one lot says nothing of another.</summary>
        public Guid LotId
        {
            get;
            set => (field, SealedAmpoules) = (value, field == value ? SealedAmpoules : 0);
        }

        /// <summary>In ml; null = not measured out yet.</summary>
        public decimal? VolumeMl { get; set; }
        public int? Ampoules { get; set; } = 1;

        /// <summary>How many of them were confirmed as new and sealed.</summary>
        public int SealedAmpoules { get; set; }

        /// <summary>After the start: why nothing of it was injected; null = it counts.</summary>
        public string? Mistake { get; set; }

        /// <summary>In the record since the injections began: it can be marked as a mistake, not taken out.</summary>
        public bool IsBegun { get; set; }
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, CurrentUser user, SessionReview review, DraftLines lines, SessionStock stock, ClinicAssessor assessor, AppointmentOverrides overrides, ClinicTime time, InjectionEnd injectionEnd, RuleBook book) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            if (await review.HoldAsync(command.SessionId, token) is not { } session)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(session.PatientId, "Session record", token, session.Id) is { } refusal)
            {
                return refusal;
            }

            if ((SessionStates.RefuseChange(session, user, command.Version) ?? DraftIds.WhyNot(command, book) ?? MapCheck.WhyNot(command, session, book)) is { } failure)
            {
                return failure;
            }

            var (before, areas) = (InTheSkin.Of(session), session.Areas.ConvertAll(a => a.Area));
            var withdrawn = await review.ConsentWithdrawnUtcAsync(session, token);
            KeepWhatWasBefore(command, session);
            if (await lines.TakeTubeAsync(command, session, token) is { } noTube)
            {
                return noTube;
            }

            var applied = await lines.ApplyAsync(command.Lines, session, token);
            if (applied.Refusal is { } refused)
            {
                return refused;
            }

            Apply(command, session);
            if (await NoteEndAsync(command, session, token) is { } notThen)
            {
                return notThen;
            }

            if (session.StartedUtc is not null && (await WhyNotAsync(command, before, areas, withdrawn, session, applied.Opens, token) ?? await stock.OpenAsync(session, applied.Opens, token)) is { } blocked)
            {
                return blocked;
            }

            if (session.StartedUtc is not null)
            {
                session.BeginLines(time.UtcNow);
                await review.KeepRenewedAsync(session, token);
            }

            // Lines and areas are records of their own: the session gets its new version whatever changed.
            db.Entry(session).Property(s => s.Notes).IsModified = true;
            await db.SaveChangesAsync(token);
            return session.Version;
        }

        /// <summary>Once the needle is in, the steps before it, the cream and what was acknowledged stay as they were.</summary>
        private void KeepWhatWasBefore(Command command, Session session)
        {
            if (session.StartedUtc is null)
            {
                return;
            }

            var before = book.Knowledge.StepsBeforeNeedle.Select(step => step.Id).ToHashSet(StringComparer.Ordinal);
            command.AsepsisDone = [.. session.AsepsisDone.Where(before.Contains), .. command.AsepsisDone.Where(step => !before.Contains(step))];
            command.Acknowledged = [.. session.Acknowledged.Union(command.Acknowledged, StringComparer.Ordinal)];
            (command.AnaestheticCream, command.CreamLotId) = (session.AnaestheticCream, session.CreamLotId);
        }

        /// <summary>What was given can always be written down as less; who stopped, or took the consent back, is given nothing more; all else is judged like the start.</summary>
        private async Task<Failure?> WhyNotAsync(Command command, InTheSkin before, List<string> areas, DateTime? withdrawn, Session session, IReadOnlyList<DraftLines.Growth> opens, CancellationToken token)
        {
            var now = InTheSkin.Of(session);
            var (opensMore, isNoMore) = (opens.Count > 0, opens.Count == 0 && now.IsNoMoreThan(before));
            if (session.IsAborted)
            {
                return isNoMore ? null : new Failure.Conflict("The session is stopped: what was given can be written down as less, never as more. A lot that was used and is missing in the record is added under “A lot is missing”.");
            }

            if (withdrawn is { } utc)
            {
                var at = await time.ToWallAsync(utc, token);
                return isNoMore ? null : new Failure.Invalid(
                    SessionReview.ConsentPath, string.Create(CultureInfo.InvariantCulture, $"The consent was withdrawn at {at:HH:mm}: nothing more is injected. What was given until then can be written down as less, never as more."));
            }

            // What was entered after its use nobody permitted: with it in the record nothing grows without a judgement. What was planned and permitted before may still be marked as done.
            var isJudged = session.Mixed.TrueForAll(line => line.IsJudged || !line.IsBegun);
            return (isJudged && now.Text == before.Text) || (!opensMore && now.IsWithin(before)) ? null : DraftLines.WhyNoFurther(session, areas) ?? await JudgeAsync(session, !opensMore || command.NewSealedAmpoules, token);
        }

        /// <summary>Also after a stop, until the signature: what is noted then takes the place of what was assumed.</summary>
        private async Task<Failure?> NoteEndAsync(Command command, Session session, CancellationToken token)
        {
            if (session.StartedUtc is not { } started)
            {
                return null;
            }

            var (ended, problem) = command.EndedAt is { } clock ? await injectionEnd.AtAsync(clock, started, session.AbortedUtc, token) : (session.AssumedEndUtc, null);
            session.EndedUtc = ended;
            return problem is null ? null : new Failure.Invalid(nameof(Command.EndedAt), problem);
        }

        private async Task<Failure?> JudgeAsync(Session session, bool isSealed, CancellationToken token)
        {
            var problems = await review.ProblemsAsync(session, token);
            if (!isSealed)
            {
                problems[nameof(Command.NewSealedAmpoules)] = ["Ampoules were added: confirm again that all are new and were sealed."];
            }

            var assessment = assessor.Assess(await review.RequestAsync(session, token), session.PatientId, session.AppointmentId, session.Id);
            if (problems.Count > 0)
            {
                return new Failure.Invalid(problems);
            }

            await review.KeepConsentsAsync(session, token);
            var standing = await overrides.UseAsync(session.AppointmentId, assessment, token);
            session.KeepLabels();
            session.Permit(assessment);
            return SessionReview.Gate(assessment.Result, standing.Rules, session.Acknowledged);
        }

        private static void Apply(Command command, Session session)
        {
            (session.Indication, session.Technique, session.Administration) = (command.Indication, command.Technique, command.Administration);
            (session.NeedleOuterDiameterMm, session.DepthMm, session.VolumePerInjectionMl) = (command.NeedleOuterDiameterMm, command.DepthMm, command.VolumePerInjectionMl);
            (session.Points, session.InjectionSpeed) = (command.Points, command.InjectionSpeed);
            session.NewSealedAmpoules = session.StartedUtc is null ? command.NewSealedAmpoules : session.NewSealedAmpoules;
            (session.PainScore, session.AnaestheticCream, session.ObservedMinutes, session.StepsLeftOut) = (command.PainScore, command.AnaestheticCream, command.ObservedMinutes, command.StepsLeftOut.Trim());
            session.Reactions = [.. command.Reactions.Select(r => new SessionReaction(r.AtUtc, r.Complication, r.Text.Trim(), r.Action.Trim()))];
            (session.AsepsisDone, session.Acknowledged, session.Notes) = ([.. command.AsepsisDone.Distinct(StringComparer.Ordinal)], [.. command.Acknowledged.Distinct(StringComparer.Ordinal)], command.Notes);

            session.AbortReason = session.IsAborted ? session.AbortReason : command.StopReason.Trim() is { Length: > 0 } why ? why : null;

            session.Areas.RemoveAll(a => !command.Areas.Contains(a.Area, StringComparer.Ordinal));
            foreach (var area in command.Areas.Except(session.Areas.ConvertAll(a => a.Area), StringComparer.Ordinal))
            {
                session.Areas.Add(new TreatedArea { SessionId = session.Id, Area = area });
            }

            foreach (var (kept, typed) in session.Areas.Join(command.Treated(), a => a.Area, t => t.Area, (kept, typed) => (kept, typed), StringComparer.Ordinal))
            {
                kept.Sites = typed.Sites;
            }

            session.Points = session.Totals.Points;
        }
    }
}
