using System.Globalization;
using FluentValidation;
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
public static class SaveSessionDraft
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
        public int? ObservedMinutes { get; set; }
        public List<Reaction> Reactions { get; set; } = [];
        public string StepsLeftOut { get; set; } = "";

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

    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>No single injection holds more: a slip of the decimal point.</summary>
        public const decimal MostPointMl = 5;
        private const string PointVolumeMessage = "Write a volume above 0 and up to 5 ml; 0.014 means fourteen thousandths of a millilitre.";
        private const int LongestObservation = 600;
        private const int MostReactions = 50;

        /// <summary>More than any ampoule, vial or syringe of the field holds: a slip of the decimal point.</summary>
        public const decimal MostLineMl = 20;
        internal const string LineVolumeMessage = "Write a volume above 0 and up to 20 ml; 0.8 means eight tenths of a millilitre.";

        public Validator()
        {
            RuleFor(c => c.NeedleOuterDiameterMm).Must(mm => mm is null or (>= 0.1m and <= 1)).WithMessage("The outer diameter of a needle lies between 0.1 and 1 mm; 30G is 0.3 mm.");
            RuleFor(c => c.DepthMm).Must(IsDepth).WithMessage("Write a depth between 0.1 and 20 mm.");
            RuleFor(c => c.VolumePerInjectionMl).Must(IsVolume).WithMessage(PointVolumeMessage);
            RuleFor(c => c.VolumePerInjectionMl).PrecisionScale(12, 4, ignoreTrailingZeros: true).WithMessage("Four digits after the point are enough.");
            RuleFor(c => c.Points).Must(points => points is null or (>= 1 and <= PointLayout.MostPoints)).WithMessage("Write a number of points between 1 and 3000.");
            RuleFor(c => c.Sites).Must(sites => sites.Sum(site => site.Points.Count) <= PointLayout.MostPoints).WithMessage(c => $"A session records up to {PointLayout.MostPoints} points; these are {c.Sites.Sum(site => site.Points.Count)}.");
            RuleFor(c => c.Sites).Must(sites => sites.DistinctBy(site => (site.View, site.Area, site.Side)).Count() == sites.Count).WithMessage("One side of an area is on the map twice.");
            RuleForEach(c => c.Sites).ChildRules(site =>
            {
                site.RuleFor(s => s.DepthMm).Must(IsDepth).WithMessage("Write a depth between 0.1 and 20 mm.");
                site.RuleFor(s => s.VolumePerPointMl).Must(IsVolume).WithMessage(PointVolumeMessage);
                site.RuleFor(s => s.VolumePerPointMl).PrecisionScale(12, 4, ignoreTrailingZeros: true).WithMessage("Four digits after the point are enough.");
            });
            RuleFor(c => c.InjectionSpeed).Must(speed => speed is null or "slow" or "fast").WithMessage("Say slow or fast.");
            RuleFor(c => c.Notes).MaximumLength(Limits.Text).WithMessage($"Keep the notes within {Limits.Text} characters.");
            RuleFor(c => c.PainScore).Must(score => score is null or (>= 0 and <= 10)).WithMessage("The patient rates pain from 0 (none) to 10 (the worst imaginable).");
            RuleFor(c => c.ObservedMinutes).Must(minutes => minutes is null or (>= 0 and <= LongestObservation)).WithMessage($"Write the minutes that the patient was watched, up to {LongestObservation}.");
            RuleFor(c => c.StepsLeftOut).MaximumLength(Limits.Line).WithMessage($"Keep the reason within {Limits.Line} characters.");
            RuleFor(c => c.Reactions).Must(reactions => reactions.Count <= MostReactions).WithMessage($"A session records up to {MostReactions} reactions.");
            RuleForEach(c => c.Reactions).ChildRules(reaction =>
            {
                reaction.RuleFor(r => r.Text).MaximumLength(Limits.Line).WithMessage($"Keep it within {Limits.Line} characters.");
                reaction.RuleFor(r => r.Text).Must((r, text) => r.Complication.Length > 0 || !string.IsNullOrWhiteSpace(text)).WithMessage("Choose what happened, or write it.");
                reaction.RuleFor(r => r.Action).MaximumLength(Limits.Line).WithMessage($"Keep it within {Limits.Line} characters.");
            });
            RuleFor(c => c.Lines).Must(lines => lines.Count <= 20).WithMessage("A cocktail has up to 20 lines.");
            RuleForEach(c => c.Lines).ChildRules(line =>
            {
                line.RuleFor(l => l.VolumeMl).Must(IsLineVolume).WithMessage(LineVolumeMessage);
                line.RuleFor(l => l.VolumeMl).PrecisionScale(12, 4, ignoreTrailingZeros: true).WithMessage("Four digits after the point are enough.");
                line.RuleFor(l => l.Mistake).Must(why => why is null || !string.IsNullOrWhiteSpace(why)).WithMessage("Say how it came into the record, for example that the wrong pack was scanned.")
                    .MaximumLength(Limits.Line).WithMessage($"Keep the reason within {Limits.Line} characters.");
                line.RuleFor(l => l.Ampoules).Must(count => count is >= 1 and <= 50).WithMessage("Say how many ampoules are opened, 1 to 50.");
            });
        }

        internal static bool IsLineVolume(decimal? ml) => ml is null or (> 0 and <= MostLineMl);

        private static bool IsDepth(decimal? mm) => mm is null or (>= 0.1m and <= 20);

        private static bool IsVolume(decimal? ml) => ml is null or (> 0 and <= MostPointMl);
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, CurrentUser user, SessionReview review, DraftLines lines, ClinicAssessor assessor, AppointmentOverrides overrides, ClinicTime time, RuleBook book) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            if (await review.LoadAsync(command.SessionId, token) is not { } session)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(session.PatientId, "Session record", token, session.Id) is { } refusal)
            {
                return refusal;
            }

            if ((SessionStates.RefuseChange(session, user, command.Version) ?? DraftIds.WhyNot(command, book) ?? MapCheck.WhyNot(command, book)) is { } failure)
            {
                return failure;
            }

            var (before, areas) = (Injected.Of(session), session.Areas.ConvertAll(a => a.Area));
            var withdrawn = await review.ConsentWithdrawnUtcAsync(session, token);
            KeepWhatWasBefore(command, session);
            var applied = await lines.ApplyAsync(command.Lines, session, token);
            if (applied.Refusal is { } refused)
            {
                return refused;
            }

            Apply(command, session);
            if (session.StartedUtc is not null && (await WhyNotAsync(command, before, areas, withdrawn, session, applied.Opens, token) ?? await lines.OpenAsync(session, applied.Opens, token)) is { } blocked)
            {
                return blocked;
            }

            if (session.StartedUtc is not null)
            {
                session.BeginLines(time.UtcNow);
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

            var before = SessionPlan.StepsBeforeNeedle(book.Knowledge).Select(step => step.Id).ToHashSet(StringComparer.Ordinal);
            command.AsepsisDone = [.. session.AsepsisDone.Where(before.Contains), .. command.AsepsisDone.Where(step => !before.Contains(step))];
            command.Acknowledged = [.. session.Acknowledged.Union(command.Acknowledged, StringComparer.Ordinal)];
            command.AnaestheticCream = session.AnaestheticCream;
        }

        /// <summary>What was given can always be written down; who stopped, or took the consent back, is given nothing more; all else is judged like the start.</summary>
        private async Task<Failure?> WhyNotAsync(Command command, Injected before, List<string> areas, DateTime? withdrawn, Session session, IReadOnlyList<DraftLines.Growth> opens, CancellationToken token)
        {
            var now = Injected.Of(session);
            if (session.IsAborted)
            {
                return now.IsNoMoreThan(before) ? null : new Failure.Conflict("The session is stopped: what was given can be written down as less, never as more. Anything else belongs in the notes.");
            }

            if (withdrawn is { } utc)
            {
                var at = await time.ToWallAsync(utc, token);
                return now.IsNoMoreThan(before) ? null : new Failure.Invalid(
                    SessionReview.ConsentPath, string.Create(CultureInfo.InvariantCulture, $"The consent was withdrawn at {at:HH:mm}: nothing more is injected. What was given until then can be written down as less, never as more."));
            }

            return now.Text == before.Text ? null : DraftLines.WhyNoFurther(session, areas) ?? await JudgeAsync(session, opens.Count == 0 || command.NewSealedAmpoules, token);
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
            session.Cocktail.ForEach(line => line.KeepLabels());
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
